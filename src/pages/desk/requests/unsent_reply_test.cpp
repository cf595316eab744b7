#include "support/test_site.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using support::Client;
using testing::AllOf;
using testing::ContainsRegex;
using testing::HasSubstr;
using testing::Not;

class UnsentReply : public testing::Test
{
  protected:
    UnsentReply()
        : id(site.submit(site.cast.mei, "Boiler is cold")),
          url("/admin/requests/" + std::to_string(id.value) + "/"),
          own("/service/" + std::to_string(id.value) + "/")
    {
        ravi.sign_in_as(site.cast.ravi);
        sofia.sign_in_as(site.cast.sofia);
        mei.sign_in_as(site.cast.mei);
    }

    /// The page's form as the button for the status sends it.
    static Client::Fields form(std::string text, std::string unsent = "", std::string visibility = "public")
    {
        return {{"submission", "key"}, {"visibility", std::move(visibility)}, {"text", std::move(text)},
            {"unsent", std::move(unsent)}, {"version", "1"}, {"status_text", ""}, {"status", "Resolved"}};
    }
    support::Answer resolve(Client::Fields fields) { return ravi.post(url + "status/", fields); }
    std::int64_t count(db::Sql rows) { return site.database.number(rows); }
    std::vector<http::UploadedFile> one_photo()
    {
        std::vector<http::UploadedFile> files;
        files.push_back(site.upload("meter.png", support::tiny_png()));
        return files;
    }
    void expect_nothing_happened()
    {
        EXPECT_EQ(count("SELECT count(*) FROM service_servicerequest WHERE status = 'Resolved'"), 0);
        EXPECT_EQ(count("SELECT count(*) FROM service_comment"), 0);
        EXPECT_EQ(count("SELECT count(*) FROM service_notification"), 0);
        EXPECT_EQ(site.count_files(), 0U);
    }

    support::TestSite site;
    ServiceRequestId id;
    std::string url;
    std::string own;
    Client ravi{site};
    Client sofia{site};
    Client mei{site};
};

TEST_F(UnsentReply, TheStatusIsNotChangedBeforeWeAsked)
{
    const auto asked = resolve(form("We come <today>"));

    EXPECT_EQ(asked.status, 422);
    EXPECT_THAT(asked.body,
        AllOf(HasSubstr("You have a reply you haven’t sent"), HasSubstr("Mei Chen would not see it."),
            HasSubstr("Send your reply and resolve"), HasSubstr("Resolve without it"),
            HasSubstr("We come &lt;today&gt;</textarea>"), HasSubstr("value=\"public\" checked"),
            HasSubstr("name=\"submission\" value=\"key\""), HasSubstr("name=\"status\" value=\"Resolved\"")));
    expect_nothing_happened();
}

TEST_F(UnsentReply, APageWithoutAnythingTypedChangesTheStatusAtOnce)
{
    EXPECT_EQ(resolve(form("  \r\n ")).location(), url);
    EXPECT_EQ(count("SELECT count(*) FROM service_servicerequest WHERE status = 'Resolved'"), 1);
    EXPECT_EQ(count("SELECT count(*) FROM service_comment"), 0);
}

TEST_F(UnsentReply, SendingItAndResolvingIsOneStepAndHappensOnce)
{
    EXPECT_EQ(resolve(form("We came", "send")).location(), url);
    EXPECT_EQ(resolve(form("We came", "send")).location(), url) << "a double click";

    EXPECT_THAT(mei.get(own).body, AllOf(HasSubstr("We came"), HasSubstr("Resolved")));
    EXPECT_EQ(count("SELECT count(*) FROM service_comment WHERE visibility = 'public'"), 1);
    EXPECT_EQ(count("SELECT count(*) FROM service_event WHERE kind = 'resolved'"), 1);
    EXPECT_EQ(count("SELECT count(*) FROM service_event WHERE kind = 'commented'"), 1);
    EXPECT_EQ(count("SELECT count(*) FROM service_notification"), 2) << "of the comment and of the status";
    EXPECT_THAT(ravi.get(url).body, Not(HasSubstr("We came</textarea>")));
}

TEST_F(UnsentReply, ANoteIsSavedForTheStaffAlone)
{
    const auto asked = resolve(form("Difficult valve", "", "internal"));
    EXPECT_EQ(asked.status, 422);
    EXPECT_THAT(asked.body, AllOf(HasSubstr("You have a note you haven’t saved"),
                                HasSubstr("Save your note and resolve"), HasSubstr("value=\"internal\" checked")));

    EXPECT_EQ(resolve(form("Difficult valve", "send", "internal")).location(), url);

    EXPECT_THAT(ravi.get(url).body, HasSubstr("Difficult valve"));
    EXPECT_THAT(mei.get(own).body, AllOf(Not(HasSubstr("Difficult")), HasSubstr("Resolved")));
    EXPECT_EQ(count("SELECT count(*) FROM service_notification"), 1) << "of the status";
}

TEST_F(UnsentReply, LeavingItOutShowsItForTenMinutesAsNotSent)
{
    EXPECT_EQ(resolve(form("We came", "leave", "internal")).location(), url);
    EXPECT_EQ(count("SELECT count(*) FROM service_servicerequest WHERE status = 'Resolved'"), 1);
    EXPECT_EQ(count("SELECT count(*) FROM service_comment"), 0);

    EXPECT_EQ(resolve(form("We came", "leave", "internal")).location(), url) << "a double click";
    for (int reload = 0; reload < 2; ++reload)
        EXPECT_THAT(ravi.get(url).body, AllOf(HasSubstr("without this text"), HasSubstr("We came</textarea>"),
                                            HasSubstr("value=\"internal\" checked")));
    EXPECT_THAT(sofia.get(url).body, Not(HasSubstr("We came")));
    site.clock.advance(std::chrono::minutes(11));
    EXPECT_THAT(ravi.get(url).body, AllOf(Not(HasSubstr("We came")), Not(HasSubstr("without this text"))))
        << "never days later";
    EXPECT_EQ(count("SELECT count(*) FROM service_event WHERE kind = 'resolved'"), 1);
}

TEST_F(UnsentReply, FilesWithoutTextAreAskedAboutAndFilesAreSentAlong)
{
    const auto asked = ravi.post(url + "status/", form(""), one_photo());
    EXPECT_EQ(asked.status, 422);
    EXPECT_THAT(asked.body, AllOf(HasSubstr("Send your reply and resolve"), HasSubstr("Choose your files again")));
    EXPECT_EQ(ravi.post(url + "status/", form("", "send"), one_photo()).status, 422) << "a reply needs words";
    expect_nothing_happened();

    EXPECT_EQ(ravi.post(url + "status/", form("See", "send"), one_photo()).location(), url);
    EXPECT_EQ(ravi.post(url + "status/", form("See", "send"), one_photo()).location(), url) << "a double click";
    EXPECT_EQ(mei.get(own + "attachments/1/").status, 200);
    EXPECT_EQ(site.count_files(), 1U);
}

TEST_F(UnsentReply, AStalePageKeepsBothTexts)
{
    sofia.post(url + "status/", {{"status", "Resolved"}, {"version", "1"}});
    sofia.post(url + "status/", {{"status", "Pending"}, {"version", "2"}});
    for (const std::string answer : {"send", "leave"}) {
        auto fields = form("We came", answer);
        fields[5].second = "Relit it";
        const auto clash = ravi.post(url + "status/", fields, one_photo());
        EXPECT_EQ(clash.status, 409);
        EXPECT_THAT(clash.body, AllOf(HasSubstr("We came</textarea>"), HasSubstr("Relit it</textarea>"),
                                    HasSubstr("Sofia Marchetti set it to Pending again"),
                                    HasSubstr("name=\"version\" value=\"3\""), HasSubstr("Choose your files again")));
        EXPECT_EQ(count("SELECT count(*) FROM service_comment"), 0);
        EXPECT_EQ(site.count_files(), 0U);
        EXPECT_THAT(ravi.get(url).body, Not(HasSubstr("We came"))) << "nothing was left out either";
    }
}

TEST_F(UnsentReply, AStatusThatIsAlreadySoIsToldBeforeWeAsk)
{
    sofia.post(url + "status/", {{"status", "Resolved"}, {"version", "1"}});
    for (const std::string answer : {"", "send", "leave"}) {
        const auto clash = resolve(form("We came", answer));
        EXPECT_EQ(clash.status, 409) << answer;
        EXPECT_THAT(clash.body, HasSubstr("We came</textarea>"));
    }
    EXPECT_EQ(count("SELECT count(*) FROM service_comment"), 0);
}

TEST_F(UnsentReply, ACommitThatMayBeLostKeepsTheTextAndIsMadeOnceWhenSentAgain)
{
    site.lossy.lose(support::LossyDatabase::Lose::Commit);
    const auto lost = ravi.post(url + "status/", form("We came", "send"), one_photo());
    EXPECT_EQ(lost.status, 503);
    EXPECT_THAT(lost.body, AllOf(HasSubstr("We came</textarea>"), HasSubstr("value=\"key\"")));
    EXPECT_EQ(site.count_files(), 1U) << "a row may name it";
    EXPECT_EQ(resolve(form("We came", "send")).status, 303);

    EXPECT_EQ(resolve(form("We came", "send")).status, 303);
    EXPECT_EQ(count("SELECT count(*) FROM service_comment"), 1);
    EXPECT_EQ(count("SELECT count(*) FROM service_event WHERE kind = 'resolved'"), 1);
}

TEST_F(UnsentReply, AnAnswerLostAtCommitIsFoundByTheSubmission)
{
    site.lossy.lose(support::LossyDatabase::Lose::Answer);
    EXPECT_EQ(ravi.post(url + "status/", form("We came", "send"), one_photo()).location(), url);
    EXPECT_EQ(count("SELECT count(*) FROM service_comment"), 1);
    EXPECT_EQ(site.count_files(), 1U);
}

TEST_F(UnsentReply, SettingItPendingAgainAsksTheSame)
{
    sofia.post(url + "status/", {{"status", "Resolved"}, {"version", "1"}});
    auto fields = form("It leaks again");
    fields[4].second = "2";
    fields[6].second = "Pending";
    const auto asked = resolve(fields);
    EXPECT_EQ(asked.status, 422);
    EXPECT_THAT(asked.body,
        AllOf(HasSubstr("Send your reply and set Pending again"), HasSubstr("Set Pending again without it")));
    fields[3].second = "send";
    EXPECT_EQ(resolve(fields).status, 303);
    EXPECT_THAT(mei.get(own).body, AllOf(HasSubstr("It leaks again"), Not(HasSubstr("Not solved after all?"))));
}

TEST_F(UnsentReply, AnswersThatCannotBeCarriedOutChangeNothing)
{
    EXPECT_EQ(resolve(form(std::string(5001, 'x'), "send")).status, 422);
    EXPECT_EQ(resolve(form("We came", "send", "secret")).status, 400);
    EXPECT_EQ(resolve(form("We came", "perhaps")).status, 422);
    EXPECT_EQ(mei.post(url + "status/", form("We came", "send")).status, 403);
    expect_nothing_happened();
}

TEST_F(UnsentReply, TheCommentForTheStatusOutlivesASentReply)
{
    const Client::Fields fields = {{"text", "We come"}, {"visibility", "public"}, {"status_text", "Relit it"}};
    EXPECT_EQ(ravi.post(url + "comments/", fields).status, 303);
    EXPECT_THAT(ravi.get(url).body, ContainsRegex("id=\"status_text\"[^>]*>[[:space:]]*Relit it</textarea>"));
    EXPECT_THAT(
        ravi.post(url + "comments/", {{"text", ""}, {"visibility", "public"}, {"status_text", "Relit it"}}).body,
        HasSubstr("Relit it</textarea>"));
    EXPECT_EQ(count("SELECT count(*) FROM service_comment"), 1);
}

} // namespace
