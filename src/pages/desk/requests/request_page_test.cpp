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

class RequestPages : public testing::Test
{
  protected:
    RequestPages()
        : id(site.submit(site.cast.mei, "Boiler is cold")),
          url("/admin/requests/" + std::to_string(id.value) + "/"),
          own("/service/" + std::to_string(id.value) + "/")
    {
        ravi.sign_in_as(site.cast.ravi);
        sofia.sign_in_as(site.cast.sofia);
        mei.sign_in_as(site.cast.mei);
    }

    support::Answer set(Client& by, std::string status, std::string version, std::string text = "")
    {
        return by.post(url + "status/", {{text.empty() ? "status" : "send_and", std::move(status)},
                                            {"version", std::move(version)}, {"text", text}, {"visibility", "public"}});
    }
    support::Answer say(std::string text, std::string visibility = "public", std::string key = "")
    {
        return ravi.post(url + "comments/",
            {{"text", std::move(text)}, {"visibility", std::move(visibility)}, {"submission", std::move(key)}});
    }
    /// The form's fields of a page that is opened now.
    Client::Fields seen() { return {{"until", std::to_string(base::to_millis(site.clock.now()))}}; }
    std::int64_t count(std::string_view table)
    {
        if (table == "comments")
            return site.database.number("SELECT count(*) FROM service_comment");
        return site.database.number("SELECT count(*) FROM service_notification");
    }

    support::TestSite site;
    ServiceRequestId id;
    std::string url;
    std::string own;
    Client ravi{site};
    Client sofia{site};
    Client mei{site};
};

TEST_F(RequestPages, ThePhoneForTechniciansIsShownBesideTheOther)
{
    EXPECT_THAT(ravi.get(url).body, Not(HasSubstr("or technicians")));
    site.database->write([&](db::Transaction& tx) {
        tx.apply("UPDATE auth_user SET phone = '518-555-0999' WHERE id = $1", site.cast.mei.user_id);
    });
    const auto page = ravi.get(url).body;
    EXPECT_THAT(page, AllOf(HasSubstr("for technicians <a"), HasSubstr("For technicians</dt>"),
                          HasSubstr("href=\"tel:+15185550999\">(518) 555-0999</a>")));
}

TEST_F(RequestPages, StaffSeeEverythingAboutIt)
{
    const auto page = ravi.get(url);
    EXPECT_EQ(page.status, 200);
    EXPECT_THAT(page.body, AllOf(HasSubstr("Boiler is cold"), HasSubstr("SR-00001"), HasSubstr("Mei Chen"),
                               HasSubstr("12 Elm Street"), HasSubstr("4410-2087-33"), HasSubstr("Mark as resolved")));
}

TEST_F(RequestPages, ThePageLeadsBackToItsListAndToTheNeighborsThere)
{
    const auto second = site.submit(site.cast.omar, "Bill is wrong", "billing");
    site.clock.advance(std::chrono::seconds(1));
    const auto third = site.submit(site.cast.omar, "Bill is late", "billing");
    const std::string list = "?list=%3Fstatus%3DPending%26type%3Dbilling";
    const std::string path = "/admin/requests/" + std::to_string(second.value) + "/";
    const std::string row = "href=\"" + path + list + "\"";
    EXPECT_THAT(ravi.get("/admin/requests/?type=billing&status=Pending").body, HasSubstr(row));

    const std::string page = ravi.get(path + list).body;
    EXPECT_THAT(
        page, AllOf(HasSubstr("href=\"/admin/requests/?status=Pending&amp;type=billing#r2\""),
                  HasSubstr("href=\"/admin/requests/" + std::to_string(third.value) + "/" + list + "\" rel=\"prev\""),
                  Not(HasSubstr("rel=\"next\""))));
    EXPECT_THAT(ravi.get(path + "?list=%3F").body,
        AllOf(HasSubstr("href=\"/admin/requests/#r2\""), HasSubstr("rel=\"next\""), HasSubstr("All requests")));
    EXPECT_THAT(ravi.get(path + "?list=%3Fq%3Dbill").body, HasSubstr("Search results"));
}

TEST_F(RequestPages, AReplyThatResolvesStandsBeforeTheResolution)
{
    ravi.post(url + "status/",
        {{"send_and", "Resolved"}, {"version", "1"}, {"text", "We mended the valve"}, {"visibility", "public"}});

    const std::string page = ravi.get(url).body;
    const auto reply = page.find("We mended the valve");
    ASSERT_NE(reply, std::string::npos);
    EXPECT_NE(page.find("id=\"e", reply), std::string::npos) << "the event of the status is behind it";
}

TEST_F(RequestPages, EveryFormOfThePageLeadsBackToItWithItsList)
{
    const std::string list = "?status=Pending&sort=oldest";
    const std::string back = url + "?list=%3Fstatus%3DPending%26sort%3Doldest";
    const auto post = [&](const std::string& to, Client::Fields fields) {
        fields.emplace_back("list", list);
        return ravi.post(url + to, fields).location();
    };
    EXPECT_EQ(post("comments/", {{"text", "We come"}, {"visibility", "public"}}), back + "#c1");
    EXPECT_EQ(post("comments/", {{"text", "Dog"}, {"visibility", "internal"}}), back + "&visibility=internal#c2");
    EXPECT_EQ(post("read/", {{"until", "0"}}), back);
    EXPECT_EQ(post("status/", {{"status", "Resolved"}, {"version", "1"}}), back);
    EXPECT_EQ(post("status/", {{"status", "Resolved"}, {"version", "1"}}),
        url + "?wanted=Resolved&list=%3Fstatus%3DPending%26sort%3Doldest");
    EXPECT_EQ(post("status/", {{"discard", "1"}, {"version", "1"}}), back);
}

TEST_F(RequestPages, AListThatNoLinkNamesIsNone)
{
    for (const std::string odd :
        {"%3Fstatus%3DOpen", "https%3A%2F%2Felsewhere.example%2F", "%3Fat%3D1", "%22%3E%3Cb%3E", "%00"}) {
        const auto page = ravi.get(url + "?list=" + odd);
        EXPECT_EQ(page.status, 200) << odd;
        EXPECT_THAT(page.body, AllOf(Not(HasSubstr("elsewhere.example/\"")), Not(HasSubstr("<b>\"")))) << odd;
    }
}

TEST_F(RequestPages, CustomersAndGuestsAreRefused)
{
    EXPECT_EQ(mei.get(url).status, 403);
    EXPECT_EQ(set(mei, "Resolved", "1").status, 403);
    EXPECT_EQ(mei.post(url + "comments/", {{"text", "x"}, {"visibility", "public"}}).status, 403);
    Client guest(site);
    EXPECT_THAT(guest.get(url).location(), HasSubstr("/accounts/login/?next="));
    EXPECT_EQ(set(guest, "Resolved", "1").status, 403);
    EXPECT_EQ(ravi.get("/admin/requests/999/").status, 404);
    EXPECT_EQ(ravi.get("/admin/requests/0/").status, 404);
    EXPECT_EQ(ravi.get("/admin/requests/one/").status, 404);
    EXPECT_EQ(ravi.post("/admin/requests/999/status/", {{"status", "Resolved"}, {"version", "1"}}).status, 404);
    EXPECT_EQ(ravi.post_without_token(url + "status/", {{"status", "Resolved"}, {"version", "1"}}).status, 403);
    EXPECT_EQ(count("comments"), 0);
    EXPECT_EQ(count("notifications"), 0);
}

TEST_F(RequestPages, AReplyReachesMeiAndNotifiesHerOnce)
{
    const auto answer = say("We come <today>");

    EXPECT_THAT(answer.location(), StartsWith(url + "#c"));
    EXPECT_THAT(ravi.get(url).body, AllOf(HasSubstr("We come &lt;today&gt;"), HasSubstr("Reply sent.")));
    EXPECT_THAT(mei.get(own).body, HasSubstr("We come &lt;today&gt;"));
    EXPECT_EQ(count("notifications"), 1);
    EXPECT_EQ(site.database.number("SELECT count(*) FROM service_notification n JOIN auth_user u ON u.id = n.user_id "
                                   "WHERE u.username = 'mei'"),
        1);
}

TEST_F(RequestPages, AnInternalNoteIsNowhereOnMeisSide)
{
    const auto answer = say("Difficult customer", "internal");

    EXPECT_THAT(answer.location(), StartsWith(url + "?visibility=internal#c"));
    EXPECT_THAT(ravi.get(url + "?visibility=internal").body,
        AllOf(HasSubstr("Difficult customer"), HasSubstr("Note saved."), HasSubstr("value=\"internal\" checked")))
        << "the next text is a note too";
    for (const std::string_view page : {std::string_view(own), std::string_view("/"), std::string_view("/service/"),
             std::string_view("/notifications/")}) {
        const auto seen = mei.get(page);
        EXPECT_EQ(seen.status, 200) << page;
        EXPECT_THAT(seen.body, AllOf(Not(HasSubstr("Difficult")), Not(HasSubstr("internal")))) << page;
    }
    EXPECT_EQ(count("notifications"), 0);
    EXPECT_EQ(site.database.number("SELECT public_comments FROM service_servicerequest"), 0);
    EXPECT_THAT(ravi.get("/admin/requests/?q=Difficult").body, HasSubstr("No requests found"))
        << "notes are not searched";
}

TEST_F(RequestPages, AFileOfANoteIsTheStaffsAlone)
{
    std::vector<http::UploadedFile> files;
    files.push_back(site.upload("meter.png", support::tiny_png()));
    ravi.post(url + "comments/", {{"text", "See"}, {"visibility", "internal"}}, std::move(files));
    EXPECT_EQ(ravi.get(own + "attachments/1/").status, 200);
    EXPECT_EQ(mei.get(own + "attachments/1/").status, 404);
    EXPECT_EQ(site.database.number("SELECT attachments FROM service_servicerequest"), 0);
}

TEST_F(RequestPages, AVisibilityWeDoNotKnowIsRefusedAndNeverPublic)
{
    for (const std::string garbage : {"", "Public", "secret", "internal ", "1"}) {
        const auto answer = say("Keep this", garbage);
        EXPECT_EQ(answer.status, 400) << garbage;
        EXPECT_THAT(answer.body, HasSubstr("Keep this"));
    }
    EXPECT_EQ(ravi.post(url + "comments/", {{"text", "No visibility"}}).status, 400);
    EXPECT_EQ(count("comments"), 0);
}

TEST_F(RequestPages, AnEmptyReplyIsShownAgainAsItWas)
{
    const auto answer = say("   ", "internal", "key");
    EXPECT_EQ(answer.status, 422);
    EXPECT_THAT(answer.body, AllOf(HasSubstr("Write your reply or note, or add a file."),
                                 HasSubstr("value=\"internal\" checked"), HasSubstr("value=\"key\"")));
    const auto essay = say(std::string(5001, 'x'));
    EXPECT_EQ(essay.status, 422);
    EXPECT_THAT(essay.body, HasSubstr(std::string(5001, 'x')));
    EXPECT_EQ(count("comments"), 0);
}

TEST_F(RequestPages, TheSameReplyTwiceIsOneUnlessItIsMeant)
{
    const auto first = say("ok", "public", "one");
    EXPECT_EQ(say("ok", "public", "one").location(), first.location());
    EXPECT_EQ(count("comments"), 1);
    EXPECT_EQ(count("notifications"), 1);
    EXPECT_EQ(say("ok", "public", "after Back").location(), first.location());
    EXPECT_EQ(count("comments"), 1);
    say("ok, tomorrow", "public", "one");
    EXPECT_EQ(count("comments"), 2) << "after Back with another text";

    ravi.set_header("accept", "text/html; fragment");
    const auto piece = say("ok", "public", "two");
    const std::string key = piece.header("X-Next-Submission");
    EXPECT_EQ(piece.status, 200);
    EXPECT_EQ(piece.header("X-Fragment"), "1");
    EXPECT_FALSE(key.empty());
    EXPECT_NE(say("ok", "public", key).header("X-Next-Submission"), key);
    EXPECT_EQ(count("comments"), 4);
}

TEST_F(RequestPages, AScriptGetsTheEntryOrTheMistakeAlone)
{
    ravi.set_header("accept", "text/html; fragment");
    EXPECT_THAT(say("Checked the meter", "internal").body,
        AllOf(StartsWith("<li id=\"c"), HasSubstr("Checked the meter"), Not(HasSubstr("<html"))));
    const auto mistake = say("");
    EXPECT_EQ(mistake.status, 422);
    EXPECT_THAT(mistake.body, AllOf(HasSubstr("Write your reply or note, or add a file."), Not(HasSubstr("<html"))));
}

TEST_F(RequestPages, ResolvingTellsMei)
{
    EXPECT_EQ(set(ravi, "Resolved", "1").location(), url);
    EXPECT_THAT(ravi.get(url).body, AllOf(HasSubstr("The request is resolved."), HasSubstr("Reopen")));
    EXPECT_EQ(count("notifications"), 1);
    EXPECT_EQ(count("comments"), 0);
    EXPECT_THAT(mei.get("/notifications/").body, AllOf(HasSubstr("” is resolved"), HasSubstr("SR-00001")));
    EXPECT_EQ(set(ravi, "Pending", "2").status, 303);
    EXPECT_THAT(ravi.get(url).body, HasSubstr("The request is open again."));
}

TEST_F(RequestPages, WhatIsSaidAfterAChangeIsSaidOnItsOwnPageOnly)
{
    set(ravi, "Resolved", "1");
    const std::string other = "/admin/requests/" + std::to_string(site.submit(site.cast.omar, "A bill").value) + "/";
    EXPECT_THAT(ravi.get(other).body, Not(HasSubstr("The request is resolved."))) << "opened in a second tab";
    EXPECT_THAT(ravi.get(url + "?list=1").body, HasSubstr("The request is resolved."));
    EXPECT_THAT(ravi.get(url).body, Not(HasSubstr("The request is resolved."))) << "once";
}

TEST_F(RequestPages, AGasLeakThatRaviReopensIsToldToTheOthersAndToMeiOnceEach)
{
    const auto leak = site.submit(site.cast.mei, "Smell of gas", "gas-leak");
    const std::string status = "/admin/requests/" + std::to_string(leak.value) + "/status/";
    sofia.post(status, {{"status", "Resolved"}, {"version", "1"}, {"finding", "made_safe"}, {"reason", "Repaired"}});
    site.database->write([](db::Transaction& tx) { tx.apply("DELETE FROM service_notification"); });

    EXPECT_EQ(ravi.post(status, {{"status", "Pending"}, {"version", "2"}}).status, 303);

    EXPECT_THAT(site.notifications(), ElementsAre("ada: The gas leak SR-00002 was reopened by Ravi Patel",
                                          "mei: The gas leak SR-00002 was reopened by Ravi Patel",
                                          "sofia: The gas leak SR-00002 was reopened by Ravi Patel"));
    EXPECT_EQ(ravi.post(status, {{"status", "Pending"}, {"version", "3"}}).status, 303) << "it is open already";
    EXPECT_EQ(site.notifications().size(), 3U);
}

TEST_F(RequestPages, AStaleReopeningOfAGasLeakTellsNobody)
{
    const auto leak = site.submit(site.cast.mei, "Smell of gas", "gas-leak");
    const std::string status = "/admin/requests/" + std::to_string(leak.value) + "/status/";
    sofia.post(status, {{"status", "Resolved"}, {"version", "1"}, {"finding", "made_safe"}, {"reason", "Repaired"}});
    site.database->write([](db::Transaction& tx) { tx.apply("DELETE FROM service_notification"); });

    EXPECT_THAT(ravi.post(status, {{"status", "Pending"}, {"version", "1"}}).location(), HasSubstr("?wanted=Pending"));

    EXPECT_THAT(site.notifications(), testing::IsEmpty());
}

TEST_F(RequestPages, AReplySentWithAStatusIsPublic)
{
    set(ravi, "Resolved", "1", "Pilot light relit");
    EXPECT_THAT(mei.get(own).body, HasSubstr("Pilot light relit"));
    EXPECT_EQ(count("comments"), 1);
    const auto essay = set(ravi, "Pending", "2", std::string(5001, 'x'));
    EXPECT_EQ(essay.status, 422);
    EXPECT_THAT(essay.body, HasSubstr(std::string(5001, 'x')));
    EXPECT_EQ(site.database.number("SELECT count(*) FROM service_servicerequest WHERE status = 'Resolved'"), 1);
}

TEST_F(RequestPages, AStatusWeDoNotKnowIsRefused)
{
    for (const std::string garbage : {"", "resolved!", "Closed", "Resolved\n"})
        EXPECT_EQ(set(ravi, garbage, "1").status, 400) << garbage;
}

TEST_F(RequestPages, TheSameStatusTwiceChangesNothing)
{
    const Client::Fields form = {
        {"send_and", "Resolved"}, {"version", "1"}, {"text", "Relit"}, {"visibility", "public"}, {"submission", "key"}};
    EXPECT_EQ(ravi.post(url + "status/", form).status, 303);
    EXPECT_EQ(ravi.post(url + "status/", form).status, 303) << "a double click";
    EXPECT_EQ(count("comments"), 1);
    EXPECT_EQ(set(sofia, "Resolved", "1").location(), url + "?wanted=Resolved");
    EXPECT_THAT(sofia.get(url + "?wanted=Resolved").body,
        AllOf(HasSubstr("Ravi Patel already resolved this request"), Not(HasSubstr("Your message was not sent"))));
    EXPECT_THAT(ravi.get(url + "?wanted=Resolved").body, HasSubstr("You already resolved this request"));
    EXPECT_EQ(site.database.number("SELECT count(*) FROM service_event WHERE kind = 'resolved'"), 1);
}

TEST_F(RequestPages, TextOfAnEndedSessionGoesBackIntoItsForm)
{
    const std::string next = url;
    const auto back = [&](const std::string& form, Client::Fields kept) {
        Client browser(site);
        browser.sign_in_as(site.cast.ravi).end_session();
        site.clock.advance(std::chrono::seconds(1));
        EXPECT_EQ(browser.post(url + form, std::move(kept)).status, 403);
        EXPECT_EQ(browser.sign_in_again("ravi", next).location(), next);
        return browser.get(url).body;
    };
    EXPECT_THAT(back("comments/", {{"text", "A note"}, {"visibility", "internal"}}),
        AllOf(HasSubstr("value=\"internal\" checked"), HasSubstr("A note</textarea>")));
    const std::string page = back("status/", {{"text", "A longer note"}, {"send_and", "Resolved"}});
    EXPECT_THAT(page, HasSubstr("A longer note</textarea>")) << "the newest of one form with two buttons";
    EXPECT_EQ(set(ravi, "Resolved", "1", "Relit").location(), url);
    EXPECT_THAT(ravi.get(url).body, Not(HasSubstr("A longer note"))) << "the form was carried out";
}

TEST_F(RequestPages, TheQueueSaysThatTheCustomerRepliedUntilSomebodyReadsIt)
{
    say("When does it suit you?");
    mei.post(own + "comments/", {{"text", "On Monday"}});
    site.clock.advance(std::chrono::hours(2));
    EXPECT_THAT(ravi.get("/admin/requests/").body, HasSubstr("Customer replied 2 h ago"));

    EXPECT_THAT(ravi.get(url).body, HasSubstr("action=\"" + url + "read/\" data-read>"));
    mei.get(own);
    EXPECT_EQ(mei.post(url + "read/", seen()).status, 403);
    EXPECT_EQ(ravi.post_without_token(url + "read/", seen()).status, 403);
    EXPECT_THAT(sofia.get("/admin/requests/").body, HasSubstr("Customer replied 2 h ago")) << "nobody has read it yet";

    EXPECT_EQ(sofia.post(url + "read/", seen()).location(), url);
    EXPECT_EQ(sofia.post(url + "read/", seen()).status, 303) << "twice is fine";
    EXPECT_EQ(sofia.post("/admin/requests/99/read/", seen()).status, 404);
    EXPECT_EQ(sofia.post(url + "read/", {}).status, 400);
    EXPECT_THAT(sofia.get(url).body, HasSubstr("data-read hidden>"));
    EXPECT_THAT(ravi.get("/admin/requests/").body, Not(HasSubstr("Customer replied")));
    EXPECT_THAT(ravi.get(url).body, HasSubstr("read what the customer wrote"));
    EXPECT_EQ(site.database.number("SELECT count(*) FROM service_event WHERE kind = 'reply_read'"), 1);
}

TEST_F(RequestPages, AReplyThatArrivedAfterThePageWasDrawnStaysUnread)
{
    say("When does it suit you?");
    mei.post(own + "comments/", {{"text", "On Monday"}});
    const auto drawn = seen();
    site.clock.advance(std::chrono::minutes(1));
    mei.post(own + "comments/", {{"text", "Or on Tuesday"}});

    EXPECT_EQ(ravi.post(url + "read/", drawn).status, 303);
    EXPECT_THAT(ravi.get("/admin/requests/").body, HasSubstr("Customer replied"));
    EXPECT_EQ(
        site.database.number("SELECT count(*) FROM service_notification WHERE is_read = 0 AND kind = 'commented'"), 1);
    EXPECT_EQ(ravi.post(url + "read/", seen()).status, 303);
    EXPECT_THAT(ravi.get("/admin/requests/").body, Not(HasSubstr("Customer replied")));
    EXPECT_EQ(
        site.database.number("SELECT count(*) FROM service_notification WHERE is_read = 0 AND kind = 'commented'"), 0);
}

TEST_F(RequestPages, AnAnswerOrAChangeOfStatusAlsoEndsTheMark)
{
    for (const bool answers : {true, false}) {
        mei.post(own + "comments/", {{"text", answers ? "Hello?" : "Anybody?"}});
        EXPECT_EQ(site.database.number("SELECT count(customer_replied_at) FROM service_servicerequest"), 1);
        if (answers)
            say("Yes", "internal");
        else
            set(ravi, "Resolved", "1");
        EXPECT_EQ(site.database.number("SELECT count(customer_replied_at) FROM service_servicerequest"), 0) << answers;
    }
}

TEST_F(RequestPages, AFormWithoutItsVersionIsRefusedAndShowsItsText)
{
    const auto refused = ravi.post(url + "status/", {{"send_and", "Resolved"}, {"text", "Relit"}});
    EXPECT_EQ(refused.status, 400);
    EXPECT_THAT(refused.body, AllOf(HasSubstr("This form is not complete"), HasSubstr("Relit")));
}

TEST_F(RequestPages, AThreadOpensAtTheFirstUnreadMessageOfTheCustomerElseAtTheNewest)
{
    const auto comments = [&] { return site.database.number("SELECT max(id) FROM service_comment"); };
    const auto opens_at = [](std::int64_t comment) {
        return HasSubstr("<a href=\"#c" + std::to_string(comment) + "\" data-newest>Newest message</a>");
    };
    EXPECT_THAT(ravi.get(url).body, AllOf(Not(HasSubstr("Newest message")), HasSubstr("href=\"#write\">Write</a>")));
    say("We come today");
    ravi.get(url);
    EXPECT_THAT(ravi.get(url).body, opens_at(comments()));
    site.clock.advance(std::chrono::minutes(1));
    mei.post(own + "comments/", {{"text", "Please hurry"}});
    const auto first_unread = comments();
    site.clock.advance(std::chrono::minutes(1));
    mei.post(own + "comments/", {{"text", "It is cold"}});
    EXPECT_THAT(ravi.get(url).body, opens_at(first_unread));
    ravi.post(url + "read/", seen());
    EXPECT_THAT(ravi.get(url).body, opens_at(comments()));
}

TEST_F(RequestPages, ALeakOpensAtItsHeadWhoCannotLeaveStandsThere)
{
    const auto leak = site.submit(site.cast.mei, "Smell of gas", "gas-leak");
    const std::string page = "/admin/requests/" + std::to_string(leak.value) + "/";
    ravi.post(page + "comments/", {{"text", "A crew is on its way"}, {"visibility", "public"}});
    ravi.get(page);
    EXPECT_THAT(ravi.get(page).body, AllOf(HasSubstr(">Newest message</a>"), Not(HasSubstr("data-newest"))));
}

TEST_F(RequestPages, AfterResolvingAButtonLeadsToTheNextOneOfTheList)
{
    const auto newer = site.submit(site.cast.omar, "Bill is wrong");
    const std::string page = "/admin/requests/" + std::to_string(newer.value) + "/";
    const auto done = ravi.post(page + "status/", {{"send_and", "Resolved"}, {"version", "1"}, {"text", "Mended"},
                                                      {"visibility", "public"}, {"list", "?status=Pending"}});
    const auto next = "href=\"" + url + "?list=%3Fstatus%3DPending\">Next request</a>";
    EXPECT_THAT(ravi.get(done.location()).body, HasSubstr(next));
    EXPECT_THAT(ravi.get(page + "?list=%3Fstatus%3DPending").body, Not(HasSubstr(next))) << "only in the message";
    const auto last = set(ravi, "Resolved", "1", "Mended");
    EXPECT_THAT(ravi.get(last.location()).body, Not(HasSubstr(">Next request</a>")));
}

TEST_F(RequestPages, WebAddressesInMessagesAreLinksForBothSides)
{
    say("See https://example.com/a?b=1&c=<2>.");
    const auto link = HasSubstr("See <a href=\"https://example.com/a?b=1&amp;c=\" rel=\"nofollow noopener noreferrer\" "
                                "target=\"_blank\">https://example.com/a?b=1&amp;c=</a>&lt;2&gt;.");
    EXPECT_THAT(ravi.get(url).body, link);
    EXPECT_THAT(mei.get(own).body, link);
}

} // namespace
