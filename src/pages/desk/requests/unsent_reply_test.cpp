#include "support/test_site.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using support::Client;
using testing::AllOf;
using testing::ContainsRegex;
using testing::ElementsAre;
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

    /// The page's form as a button that changes the status sends it: "status", "send_and" or "leave_and".
    static Client::Fields form(std::string text, std::string button = "status", std::string visibility = "public")
    {
        return {{"submission", "key"}, {"visibility", std::move(visibility)}, {"text", std::move(text)},
            {"version", "1"}, {std::move(button), "Resolved"}};
    }
    support::Answer resolve(Client::Fields fields) { return ravi.post(url + "status/", fields); }
    std::int64_t count(db::Sql rows) { return site.database.number(rows); }
    std::vector<http::UploadedFile> one_photo()
    {
        std::vector<http::UploadedFile> files;
        files.push_back(site.upload("meter.png", support::tiny_png()));
        return files;
    }
    void expect_nothing_happened(std::size_t held = 0)
    {
        EXPECT_EQ(count("SELECT count(*) FROM service_servicerequest WHERE status = 'Resolved'"), 0);
        EXPECT_EQ(count("SELECT count(*) FROM service_comment"), 0);
        EXPECT_EQ(count("SELECT count(*) FROM service_notification"), 0);
        EXPECT_EQ(site.count_files(), held);
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
    EXPECT_THAT(asked.body, AllOf(HasSubstr("You have a reply you haven’t sent"),
                                HasSubstr("Mei Chen would not see it."), HasSubstr("Send your reply and resolve"),
                                HasSubstr("Resolve without it"), HasSubstr("We come &lt;today&gt;</textarea>"),
                                HasSubstr("value=\"public\" checked"), HasSubstr("name=\"submission\" value=\"key\""),
                                ContainsRegex("name=\"leave_and\"[[:space:]]+value=\"Resolved\"")));
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
    EXPECT_EQ(resolve(form("We came", "send_and")).location(), url);
    EXPECT_EQ(resolve(form("We came", "send_and")).location(), url) << "a double click";

    EXPECT_THAT(mei.get(own).body, AllOf(HasSubstr("We came"), HasSubstr("Resolved")));
    EXPECT_EQ(count("SELECT count(*) FROM service_comment WHERE visibility = 'public'"), 1);
    EXPECT_EQ(count("SELECT count(*) FROM service_event WHERE kind = 'resolved'"), 1);
    EXPECT_EQ(count("SELECT count(*) FROM service_event WHERE kind = 'commented'"), 1);
    EXPECT_THAT(site.notifications(), ElementsAre("mei: SR-00001 is resolved")) << "one for both";
    EXPECT_THAT(ravi.get(url).body, Not(HasSubstr("We came</textarea>")));
}

TEST_F(UnsentReply, ANoteIsSavedForTheStaffAlone)
{
    const auto asked = resolve(form("Difficult valve", "status", "internal"));
    EXPECT_EQ(asked.status, 422);
    EXPECT_THAT(asked.body, AllOf(HasSubstr("You have a note you haven’t saved"),
                                HasSubstr("Save your note and resolve"), HasSubstr("value=\"internal\" checked")));

    EXPECT_EQ(resolve(form("Difficult valve", "send_and", "internal")).location(), url);

    EXPECT_THAT(ravi.get(url).body, HasSubstr("Difficult valve"));
    EXPECT_THAT(mei.get(own).body, AllOf(Not(HasSubstr("Difficult")), HasSubstr("Resolved")));
    EXPECT_EQ(count("SELECT count(*) FROM service_notification"), 1) << "of the status";
}

TEST_F(UnsentReply, LeavingItOutShowsItForTenMinutesAsNotSent)
{
    EXPECT_EQ(resolve(form("We came", "leave_and", "internal")).location(), url);
    EXPECT_EQ(count("SELECT count(*) FROM service_servicerequest WHERE status = 'Resolved'"), 1);
    EXPECT_EQ(count("SELECT count(*) FROM service_comment"), 0);

    EXPECT_EQ(resolve(form("We came", "leave_and", "internal")).location(), url) << "a double click";
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
    EXPECT_THAT(asked.body, AllOf(HasSubstr("Send your reply and resolve"), HasSubstr("Already here")));
    expect_nothing_happened(1);

    EXPECT_EQ(ravi.post(url + "status/", form("", "send_and"), one_photo()).location(), url) << "a photo says enough";
    EXPECT_EQ(ravi.post(url + "status/", form("", "send_and"), one_photo()).location(), url) << "a double click";
    EXPECT_EQ(mei.get(own + "attachments/1/").status, 200);
    EXPECT_EQ(site.count_files(), 2U) << "one waits for the form";
}

TEST_F(UnsentReply, AStalePageSaysWhoDidWhatAndOffersTheKeptText)
{
    sofia.post(url + "status/", {{"status", "Resolved"}, {"version", "1"}});
    sofia.post(url + "status/", {{"status", "Pending"}, {"version", "2"}});
    for (const std::string button : {"send_and", "leave_and"}) {
        EXPECT_EQ(
            ravi.post(url + "status/", form("We came", button), one_photo()).location(), url + "?wanted=Resolved");
        for (int reload = 0; reload < 2; ++reload)
            EXPECT_THAT(ravi.get(url + "?wanted=Resolved").body,
                AllOf(HasSubstr("We came</textarea>"),
                    HasSubstr("Sofia Marchetti reopened this request (today, 4:31 PM)"),
                    HasSubstr("Send mine as a reply"), HasSubstr("name=\"version\" value=\"3\""),
                    HasSubstr("Photos aren’t kept. Add them again: ")));
        EXPECT_EQ(count("SELECT count(*) FROM service_comment"), 0);
        EXPECT_EQ(site.count_files(), 0U);
    }
    EXPECT_THAT(ravi.get(url).body, HasSubstr("The status was changed before this text was sent."));
    EXPECT_THAT(sofia.get(url).body, Not(HasSubstr("We came")));

    EXPECT_EQ(ravi.post(url + "comments/", {{"text", "We came"}, {"visibility", "public"}}).status, 303);
    EXPECT_THAT(ravi.get(url).body, Not(HasSubstr("We came</textarea>")));
}

TEST_F(UnsentReply, MyOwnOtherTabIsNobodyElse)
{
    ravi.post(url + "status/", {{"status", "Resolved"}, {"version", "1"}});
    resolve(form("We came"));
    EXPECT_THAT(ravi.get(url + "?wanted=Resolved").body,
        HasSubstr("You already resolved this request in another tab (today, 4:31 PM)"));
}

TEST_F(UnsentReply, WhatBothWantedIsNoConflictAndTheReplyIsOffered)
{
    sofia.post(url + "status/", {{"status", "Resolved"}, {"version", "1"}});
    for (const std::string button : {"status", "send_and", "leave_and"}) {
        EXPECT_EQ(resolve(form("We came", button, "internal")).location(), url + "?wanted=Resolved") << button;
        EXPECT_THAT(ravi.get(url + "?wanted=Resolved").body,
            AllOf(HasSubstr("Sofia Marchetti already resolved this request (today, 4:31 PM)"),
                HasSubstr("Save mine as a note"), HasSubstr("We came</textarea>"),
                HasSubstr("value=\"internal\" checked"), Not(HasSubstr("overwritten"))));
    }
    EXPECT_EQ(count("SELECT count(*) FROM service_comment"), 0);

    EXPECT_EQ(resolve({{"discard", "1"}, {"text", "We came"}}).location(), url);
    EXPECT_THAT(ravi.get(url).body, Not(HasSubstr("We came")));
}

TEST_F(UnsentReply, ACommitThatMayBeLostKeepsTheTextAndIsMadeOnceWhenSentAgain)
{
    site.lossy.lose(support::LossyDatabase::Lose::Commit);
    const auto lost = ravi.post(url + "status/", form("We came", "send_and"), one_photo());
    EXPECT_EQ(lost.status, 503);
    EXPECT_THAT(lost.body, AllOf(HasSubstr("We came</textarea>"), HasSubstr("value=\"key\"")));
    EXPECT_EQ(site.count_files(), 1U) << "a row may name it";
    EXPECT_EQ(resolve(form("We came", "send_and")).status, 303);

    EXPECT_EQ(resolve(form("We came", "send_and")).status, 303);
    EXPECT_EQ(count("SELECT count(*) FROM service_comment"), 1);
    EXPECT_EQ(count("SELECT count(*) FROM service_event WHERE kind = 'resolved'"), 1);
}

TEST_F(UnsentReply, AnAnswerLostAtCommitIsFoundByTheSubmission)
{
    site.lossy.lose(support::LossyDatabase::Lose::Answer);
    EXPECT_EQ(ravi.post(url + "status/", form("We came", "send_and"), one_photo()).location(), url);
    EXPECT_EQ(count("SELECT count(*) FROM service_comment"), 1);
    EXPECT_EQ(site.count_files(), 1U);
}

TEST_F(UnsentReply, SettingItPendingAgainAsksTheSame)
{
    sofia.post(url + "status/", {{"status", "Resolved"}, {"version", "1"}});
    auto fields = form("It leaks again");
    fields[3].second = "2";
    fields[4].second = "Pending";
    const auto asked = resolve(fields);
    EXPECT_EQ(asked.status, 422);
    EXPECT_THAT(asked.body, AllOf(HasSubstr("Send your reply and reopen"), HasSubstr("Reopen without it")));
    fields[4].first = "send_and";
    EXPECT_EQ(resolve(fields).status, 303);
    EXPECT_THAT(ravi.get(url).body, HasSubstr("Reply sent, and the request is open again."));
    EXPECT_THAT(mei.get(own).body, AllOf(HasSubstr("It leaks again"), Not(HasSubstr("Still not fixed?"))));
}

TEST_F(UnsentReply, AnswersThatCannotBeCarriedOutChangeNothing)
{
    EXPECT_EQ(resolve(form(std::string(5001, 'x'), "send_and")).status, 422);
    EXPECT_EQ(resolve(form("We came", "send_and", "secret")).status, 400);
    EXPECT_EQ(resolve(form("We came", "perhaps")).status, 400);
    EXPECT_EQ(resolve(form(" ", "send_and")).status, 422) << "a reply needs words";
    EXPECT_EQ(mei.post(url + "status/", form("We came", "send_and")).status, 403);
    expect_nothing_happened();
}

TEST_F(UnsentReply, TheStatusHasNoSecondBoxForText)
{
    const std::string page = ravi.get(url).body;
    EXPECT_THAT(
        page, AllOf(HasSubstr("Send and resolve"), HasSubstr("Mark as resolved"), Not(HasSubstr("status_text"))));
    const std::size_t first = page.find("<textarea");
    EXPECT_EQ(page.find("<textarea", first + 1), std::string::npos);
}

TEST_F(UnsentReply, AGuestsReportIsResolvedWithoutTalkOfANotification)
{
    Client(site).post("/emergency/", {{"address", "9 Oak Street"}, {"notes", "It hisses"}});
    const std::string leak = "/admin/requests/2/";
    for (const std::string button : {"send_and", "leave_and"}) {
        auto fields = form("We came", button);
        fields[0].second = button;
        fields.insert(fields.end(), {{"finding", "made_safe"}, {"reason", "Repaired"}});
        fields[3].second = std::to_string(count("SELECT version FROM service_servicerequest WHERE id = 2"));
        EXPECT_EQ(ravi.post(leak + "status/", fields).location(), leak);
        EXPECT_THAT(
            ravi.get(leak).body, AllOf(HasSubstr("request is resolved."), Not(HasSubstr("gets a notification"))));
        ravi.post(leak + "status/",
            {{"status", "Pending"},
                {"version", std::to_string(count("SELECT version FROM service_servicerequest WHERE id = 2"))}});
    }
}

} // namespace
