#include "support/test_site.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using support::Client;
using testing::AllOf;
using testing::ContainsRegex;
using testing::HasSubstr;
using testing::Not;

class UnsentComment : public testing::Test
{
  protected:
    UnsentComment()
        : id(site.submit(site.cast.mei, "Boiler is cold")), url("/service/" + std::to_string(id.value) + "/")
    {
        mei.sign_in_as(site.cast.mei);
        set("Resolved", "1");
    }

    void set(std::string status, std::string version)
    {
        Client(site)
            .sign_in_as(site.cast.ravi)
            .post("/admin/requests/" + std::to_string(id.value) + "/status/",
                {{"status", std::move(status)}, {"version", std::move(version)}});
    }
    static Client::Fields form(std::string text, std::string unsent = "")
    {
        return {{"submission", "key"}, {"text", std::move(text)}, {"unsent", std::move(unsent)}, {"version", "2"},
            {"why", "Cold again"}};
    }
    support::Answer reopen(const Client::Fields& fields) { return mei.post(url + "reopen/", fields); }
    std::int64_t count(db::Sql rows) { return site.database.number(rows); }
    std::vector<http::UploadedFile> one_photo()
    {
        std::vector<http::UploadedFile> files;
        files.push_back(site.upload("meter.png", support::tiny_png()));
        return files;
    }

    support::TestSite site;
    ServiceRequestId id;
    std::string url;
    Client mei{site};
};

TEST_F(UnsentComment, TheRequestIsNotReopenedBeforeWeAsked)
{
    const auto asked = reopen(form("It drips <too>"));

    EXPECT_EQ(asked.status, 422);
    EXPECT_THAT(asked.body, AllOf(HasSubstr("Send your comment and reopen"), HasSubstr("Reopen without it"),
                                HasSubstr("It drips &lt;too&gt;</textarea>"), HasSubstr("Cold again</textarea>"),
                                HasSubstr("name=\"submission\" value=\"key\"")));
    EXPECT_EQ(count("SELECT count(*) FROM service_servicerequest WHERE status = 'Pending'"), 0);
    EXPECT_EQ(count("SELECT count(*) FROM service_comment"), 0);
}

TEST_F(UnsentComment, SendingItAndReopeningIsOneStepAndHappensOnce)
{
    for (int click = 0; click < 2; ++click)
        EXPECT_EQ(mei.post(url + "reopen/", form("It drips", "send"), one_photo()).location(), url);

    EXPECT_THAT(mei.get(url).body, AllOf(HasSubstr("It drips"), HasSubstr("Cold again"), HasSubstr("meter.png")));
    EXPECT_EQ(count("SELECT count(*) FROM service_comment"), 2) << "the reason and the comment";
    EXPECT_EQ(count("SELECT count(*) FROM service_event WHERE kind = 'reopened'"), 1);
    EXPECT_EQ(site.count_files(), 1U);
}

TEST_F(UnsentComment, LeavingItOutShowsItForTenMinutesAsNotSent)
{
    EXPECT_EQ(reopen(form("It drips", "leave")).location(), url);
    EXPECT_EQ(count("SELECT count(*) FROM service_servicerequest WHERE status = 'Pending'"), 1);
    EXPECT_EQ(count("SELECT count(*) FROM service_comment"), 1) << "the reason";
    for (int reload = 0; reload < 2; ++reload)
        EXPECT_THAT(mei.get(url).body,
            AllOf(HasSubstr("You reopened the request without this text."), HasSubstr("It drips</textarea>")));
    site.clock.advance(std::chrono::minutes(11));
    EXPECT_THAT(mei.get(url).body, Not(HasSubstr("It drips"))) << "never days later";
}

TEST_F(UnsentComment, FilesWithoutTextAreAskedAbout)
{
    const auto asked = mei.post(url + "reopen/", form(""), one_photo());
    EXPECT_EQ(asked.status, 422);
    EXPECT_THAT(asked.body, AllOf(HasSubstr("Reopen without it"), HasSubstr("Choose your files again")));
    EXPECT_EQ(mei.post(url + "reopen/", form("", "send"), one_photo()).status, 422) << "a comment needs words";
    EXPECT_EQ(mei.post(url + "reopen/", form("", "leave"), one_photo()).status, 303);
    EXPECT_EQ(site.count_files(), 0U);
}

TEST_F(UnsentComment, AStalePageKeepsBothTexts)
{
    set("Pending", "2");
    set("Resolved", "3");
    for (const std::string answer : {"send", "leave"}) {
        const auto clash = reopen(form("It drips", answer));
        EXPECT_EQ(clash.status, 409);
        EXPECT_THAT(clash.body, AllOf(HasSubstr("It drips"), HasSubstr("Cold again")));
    }
    EXPECT_EQ(count("SELECT count(*) FROM service_comment"), 0);
    EXPECT_THAT(mei.get(url).body, Not(HasSubstr("It drips")));
}

TEST_F(UnsentComment, OmarCannotSendIt)
{
    Client omar(site);
    omar.sign_in_as(site.cast.omar);
    EXPECT_EQ(omar.post(url + "reopen/", form("Mine", "send")).status, 404);
    EXPECT_EQ(count("SELECT count(*) FROM service_comment"), 0);
}

TEST_F(UnsentComment, TheReasonOutlivesASentOrRefusedComment)
{
    const Client::Fields fields = {{"text", "It drips"}, {"why", "Cold again"}};
    const auto refused = mei.post(url + "comments/", {{"text", ""}, {"why", "Cold again"}});
    EXPECT_THAT(refused.body, HasSubstr("name=\"why\" value=\"Cold again\""));
    EXPECT_EQ(mei.post(url + "comments/", fields).status, 303);
    EXPECT_THAT(mei.get(url).body, ContainsRegex("id=\"why\"[^>]*>[[:space:]]*Cold again</textarea>"));
    EXPECT_EQ(count("SELECT count(*) FROM service_comment"), 1);
}

} // namespace
