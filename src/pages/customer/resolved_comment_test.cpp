#include "support/test_site.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using support::Client;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

class CommentOnResolved : public testing::Test
{
  protected:
    CommentOnResolved()
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
    static Client::Fields form(std::string text)
    {
        return {{"submission", "key"}, {"text", std::move(text)}, {"version", "2"}};
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

TEST_F(CommentOnResolved, ACommentReopensAResolvedRequestAndIsOneNotification)
{
    EXPECT_THAT(mei.get(url).body,
        AllOf(HasSubstr("Still not fixed?"), HasSubstr("Send and reopen"), Not(HasSubstr("Reopen request")),
            HasSubstr("<a href=\"#text\">Tell us what’s wrong</a>")));
    site.database->write([](db::Transaction& tx) { tx.apply("DELETE FROM service_notification"); });

    for (int click = 0; click < 2; ++click)
        EXPECT_THAT(
            mei.post(url + "comments/", form("It drips <too>"), one_photo()).location(), StartsWith(url + "#c"));

    EXPECT_THAT(
        mei.get(url).body, AllOf(HasSubstr("It drips &lt;too&gt;"), HasSubstr("meter.png"), HasSubstr("Comment sent"),
                               HasSubstr("Add a comment"), Not(HasSubstr("Still not fixed?"))));
    EXPECT_EQ(count("SELECT count(*) FROM service_comment"), 1);
    EXPECT_EQ(count("SELECT count(*) FROM service_event WHERE kind = 'reopened'"), 1);
    EXPECT_EQ(count("SELECT count(*) FROM service_servicerequest WHERE status = 'Pending' AND version = 3"), 1);
    EXPECT_THAT(site.notifications(), ElementsAre("ravi: SR-00001 was reopened by Mei Chen"));
    EXPECT_EQ(site.count_files(), 1U);
}

TEST_F(CommentOnResolved, ThePageHasOneBox)
{
    const std::string page = mei.get(url).body;
    EXPECT_EQ(page.find("<textarea", page.find("<textarea") + 1), std::string::npos);
}

TEST_F(CommentOnResolved, AStalePageReopensTooAndAScriptIsLedToTheNewPage)
{
    set("Pending", "2");
    set("Resolved", "3");
    mei.set_header("accept", "text/html; fragment");
    EXPECT_THAT(mei.post(url + "comments/", form("It drips")).location(), StartsWith(url + "#c"));
    EXPECT_EQ(count("SELECT count(*) FROM service_servicerequest WHERE status = 'Pending' AND version = 5"), 1);
    EXPECT_EQ(mei.post(url + "comments/", {{"text", "And more"}, {"submission", "next"}}).status, 200) << "open again";
}

TEST_F(CommentOnResolved, AnswersOfTheStaffReopenNothing)
{
    Client(site)
        .sign_in_as(site.cast.ravi)
        .post("/admin/requests/1/comments/", {{"text", "All good?"}, {"visibility", "public"}});
    EXPECT_EQ(count("SELECT count(*) FROM service_servicerequest WHERE status = 'Resolved'"), 1);
}

TEST_F(CommentOnResolved, AReopenedLeakRingsForEverybody)
{
    const auto leak = site.submit(site.cast.mei, "Smell of gas", "gas-leak");
    Client(site)
        .sign_in_as(site.cast.ravi)
        .post("/admin/requests/2/status/",
            {{"status", "Resolved"}, {"version", "1"}, {"finding", "made_safe"}, {"reason", "Repaired"}});
    site.database->write([](db::Transaction& tx) { tx.apply("DELETE FROM service_notification"); });
    mei.post("/service/" + std::to_string(leak.value) + "/comments/", {{"text", "It smells again"}});
    EXPECT_THAT(site.notifications(), ElementsAre("ada: The gas leak SR-00002 was reopened by Mei Chen",
                                          "ravi: The gas leak SR-00002 was reopened by Mei Chen",
                                          "sofia: The gas leak SR-00002 was reopened by Mei Chen"));
}

TEST_F(CommentOnResolved, WhenNobodyWhoTookPartIsActiveEverybodyHearsOfIt)
{
    site.database->write([](db::Transaction& tx) {
        tx.apply("DELETE FROM service_notification");
        tx.apply("UPDATE auth_user SET is_active = 0 WHERE username = 'ravi'");
    });
    mei.post(url + "comments/", form("It drips"));
    EXPECT_THAT(site.notifications(),
        ElementsAre("ada: SR-00001 was reopened by Mei Chen", "sofia: SR-00001 was reopened by Mei Chen"));
}

TEST_F(CommentOnResolved, WithTheSettingOffACommentStaysACommentAndTheButtonReopens)
{
    site.services().site.rules.reply_reopens = false;
    EXPECT_THAT(
        mei.get(url).body, AllOf(HasSubstr("Reopen request"), HasSubstr("A comment does not reopen the request."),
                               Not(HasSubstr("Send and reopen"))));
    EXPECT_EQ(mei.post(url + "comments/", {{"text", "Thank you"}}).status, 303);
    EXPECT_THAT(mei.get(url).body, HasSubstr("Comment sent."));
    EXPECT_EQ(count("SELECT count(*) FROM service_servicerequest WHERE status = 'Resolved'"), 1);

    for (int click = 0; click < 2; ++click)
        EXPECT_THAT(reopen(form("It drips")).location(), StartsWith(url + "#c"));
    EXPECT_EQ(count("SELECT count(*) FROM service_servicerequest WHERE status = 'Pending'"), 1);
    EXPECT_EQ(count("SELECT count(*) FROM service_comment"), 2);
}

TEST_F(CommentOnResolved, APhotoWithoutWordsIsAComment)
{
    EXPECT_THAT(mei.post(url + "comments/", form(""), one_photo()).location(), StartsWith(url + "#c1"));
    EXPECT_EQ(count("SELECT count(*) FROM service_servicerequest WHERE status = 'Pending'"), 1);
    EXPECT_THAT(mei.get(url).body, HasSubstr("meter.png"));
    const auto desk = Client(site).sign_in_as(site.cast.ravi).get("/notifications/").body;
    EXPECT_THAT(
        desk, AllOf(HasSubstr("<span class=\"ref\">SR-00001</span> was reopened by Mei Chen"), HasSubstr("1 file")));

    set("Resolved", "3");
    EXPECT_THAT(reopen({{"submission", "other"}, {"text", ""}, {"version", "4"}}).location(), url)
        << "neither words nor files: only the status";
    EXPECT_EQ(site.count_files(), 1U);
}

TEST_F(CommentOnResolved, OmarCannotSendIt)
{
    Client omar(site);
    omar.sign_in_as(site.cast.omar);
    EXPECT_EQ(omar.post(url + "reopen/", form("Mine")).status, 404);
    EXPECT_EQ(omar.post(url + "comments/", form("Mine")).status, 404);
    EXPECT_EQ(count("SELECT count(*) FROM service_comment"), 0);
}

} // namespace
