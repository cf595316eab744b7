#include "actions/report_leak.hpp"
#include "events/position.hpp"
#include "support/test_site.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using support::Client;
using testing::AllOf;
using testing::ContainsRegex;
using testing::HasSubstr;
using testing::Not;

class DeskAlarm : public testing::Test
{
  protected:
    DeskAlarm()
    {
        ravi.sign_in_as(site.cast.ravi);
        sofia.sign_in_as(site.cast.sofia);
        mei.sign_in_as(site.cast.mei);
    }
    /// Without details, as a flood comes in.
    ServiceRequestId report_bare(std::string address)
    {
        return site.database->write([&](db::Transaction& tx) {
            return actions::report_leak(tx, site.act({}),
                {.address = std::move(address),
                    .name = "",
                    .phone = "",
                    .notes = "",
                    .answers = {.sender = "203.0.113.7"},
                    .follow_hash = ""});
        });
    }
    ServiceRequestId report(const leaks::LeakReport& answers, std::string address = "12 Elm Street")
    {
        return site.database->write([&](db::Transaction& tx) {
            return actions::report_leak(tx, site.act({}),
                {.address = std::move(address),
                    .name = "Grace",
                    .phone = "518 555 0123",
                    .notes = "Very strong",
                    .answers = answers,
                    .follow_hash = ""});
        });
    }
    static Client::Fields answered(
        ServiceRequestId newest, std::string finding = "false_alarm", std::string reason = "A prank")
    {
        return {
            {"newest", std::to_string(newest.value)}, {"finding", std::move(finding)}, {"reason", std::move(reason)}};
    }
    static std::string path(ServiceRequestId id) { return "/admin/requests/" + std::to_string(id.value) + "/"; }
    /// The part of a page from one text to another.
    static std::string between(const std::string& body, std::string_view from, std::string_view to)
    {
        const auto begin = body.find(from);
        return begin == std::string::npos ? "" : body.substr(begin, body.find(to, begin) - begin);
    }
    /// What a page that is drawn now shows.
    std::string position() { return events::position_now(*site.database->read()); }
    static std::string bar(const std::string& body) { return between(body, "data-alarms", "</section>"); }

    support::TestSite site;
    Client ravi{site};
    Client sofia{site};
    Client mei{site};
};

TEST_F(DeskAlarm, AnEmergencyIsInTheBarOfEveryPageOfTheDeskUntilSomebodyHasIt)
{
    const auto id = report({.place = "inside", .strength = "strong", .unable_to_leave = "yes"});
    const auto other = site.submit(site.cast.mei, "Boiler is cold");
    const std::vector<std::string> pages = {"/admin/", "/admin/requests/?status=Resolved", path(other), "/admin/users/",
        "/admin/accounts/", "/notifications/", "/account/", "/account/password/"};
    for (const std::string& page : pages)
        EXPECT_THAT(bar(sofia.get(page).body),
            AllOf(HasSubstr("12 Elm Street"), HasSubstr("Person can’t leave"), HasSubstr("href=\"tel:+15185550123\""),
                HasSubstr("(518) 555-0123</span>"), HasSubstr("formaction=\"" + path(id) + "take/\"")))
            << page;

    EXPECT_EQ(ravi.post(path(id) + "take/", {{"next", "/admin/users/"}}).location(), "/admin/users/");

    for (const std::string& page : pages)
        EXPECT_THAT(bar(sofia.get(page).body), AllOf(HasSubstr("1 leak in hand"), Not(HasSubstr("12 Elm Street"))))
            << page;
    EXPECT_THAT(sofia.get(path(id)).body, HasSubstr("Ravi Patel has it"));
}

TEST_F(DeskAlarm, TheSecondOneReadsWhoWasFaster)
{
    const auto id = report({});
    ravi.post(path(id) + "take/", {});
    const auto answer = sofia.post(path(id) + "take/", {{"next", "/admin/users/"}});
    EXPECT_EQ(answer.location(), path(id));
    EXPECT_THAT(sofia.get(path(id)).body, AllOf(HasSubstr("already has this one"), HasSubstr("Ravi Patel has it")));

    sofia.set_header("accept", "text/html; fragment");
    EXPECT_THAT(sofia.post(path(id) + "take/", {}).body, HasSubstr("Ravi Patel already has this one, since today"));
}

TEST_F(DeskAlarm, ItIsTakenOverAfterAQuestionThatNamesWhoHasItAndGivenBack)
{
    const auto id = report({});
    ravi.post(path(id) + "take/", {});
    site.clock.advance(std::chrono::minutes(12));
    const std::string from = std::to_string(site.cast.ravi.user_id.value);
    const auto strip = [&](Client& reader) {
        return between(reader.get(path(id)).body, "data-slot=\"emergency\"", "cols--rail");
    };
    EXPECT_THAT(strip(sofia),
        AllOf(HasSubstr("Ravi Patel has had it for"), HasSubstr("12 min"),
            HasSubstr("name=\"from\" value=\"" + from + "\""), HasSubstr("data-mine=\"" + from + "\" hidden")));
    EXPECT_THAT(strip(ravi), HasSubstr("data-others=\"" + from + "\" hidden"));

    EXPECT_EQ(sofia.post(path(id) + "take-over/", {{"from", from}, {"written_for", "1"}}).location(), path(id));
    EXPECT_THAT(
        ravi.get(path(id)).body, AllOf(HasSubstr("Sofia Marchetti has it"), HasSubstr("took it over from Ravi Patel")));
    EXPECT_EQ(ravi.post(path(id) + "give-back/", {}).location(), path(id));
    EXPECT_THAT(ravi.get(path(id)).body, HasSubstr("You don’t have this one any more."));

    EXPECT_EQ(sofia.post(path(id) + "give-back/", {}).location(), path(id));
    EXPECT_THAT(bar(ravi.get("/admin/").body), HasSubstr(path(id) + "take/"));
    EXPECT_THAT(strip(ravi), HasSubstr("Nobody has it yet"));
    EXPECT_EQ(mei.post(path(id) + "give-back/", {}).status, 403);
}

TEST_F(DeskAlarm, WhatWasTypedOutlivesAButtonOfTheBarWithoutScripts)
{
    const auto id = report({});
    const auto other = site.submit(site.cast.mei, "Boiler is cold");
    const std::string body = ravi.get(path(other)).body;
    EXPECT_THAT(bar(body), HasSubstr("form=\"write\" formaction=\"" + path(id) + "take/\""));
    const auto answer = ravi.post(path(id) + "take/",
        {{"written_for", std::to_string(other.value)}, {"text", "We come <today>"}, {"visibility", "internal"}});
    EXPECT_EQ(answer.location(), path(other));
    const auto page = ravi.get(path(other));
    EXPECT_THAT(page.body, HasSubstr("We come &lt;today&gt;</textarea>"));
    EXPECT_EQ(site.database.number("SELECT COUNT(*) FROM service_comment"), 0);
    EXPECT_THAT(
        ravi.get("/admin/users/create/").body, HasSubstr("id=\"take\" method=\"post\" hidden target=\"_blank\""));
    EXPECT_THAT(ravi.get("/admin/requests/").body, Not(HasSubstr("target=\"_blank\"")));
}

TEST_F(DeskAlarm, BeforeManyAreResolvedWeAskAndNameHowManyAndFromWhom)
{
    Client guest(site);
    for (int i = 0; i < 3; ++i)
        guest.post_without_token("/emergency/", {{"address", "1 False Street"}, {"notes", std::to_string(i)}});
    EXPECT_THAT(
        ravi.get(path(ServiceRequestId{1})).body, AllOf(HasSubstr("href=\"/admin/requests/1/false-alarm/\""),
                                                      Not(HasSubstr("action=\"/admin/requests/1/false-alarm/\""))));
    const auto page = ravi.get("/admin/requests/1/false-alarm/");
    EXPECT_THAT(
        page.body, AllOf(HasSubstr("This resolves 3 gas leak reports."), HasSubstr("perhaps by different people."),
                       HasSubstr("Yes, resolve all 3"), HasSubstr("SR-00003")));
    EXPECT_EQ(ravi.get("/admin/requests/2/false-alarm/").location(), path(ServiceRequestId{2}));
    EXPECT_EQ(site.database.number("SELECT COUNT(*) FROM service_servicerequest WHERE status = 'Pending'"), 3);
}

TEST_F(DeskAlarm, ALinkToAnotherSiteIsNoWayBack)
{
    const auto id = report({});
    EXPECT_EQ(ravi.post(path(id) + "take/", {{"next", "https://elsewhere.example/"}}).location(), "/");
}

TEST_F(DeskAlarm, WhatMattersStandsAcrossTheHeadAndInTheRow)
{
    const auto id = report({.place = "inside", .strength = "strong", .unable_to_leave = "yes"});
    const std::string body = sofia.get(path(id)).body;
    EXPECT_THAT(between(body, "data-slot=\"emergency\"", "cols--rail"),
        AllOf(HasSubstr("Person can’t leave"), HasSubstr("Strong"), HasSubstr("Inside"), HasSubstr("(518) 555-0123"),
            HasSubstr("Nobody has it yet")));
    for (const std::string page : {"/admin/", "/admin/requests/", "/admin/requests/?status=Pending&type=gas-leak"})
        EXPECT_THAT(between(sofia.get(page).body, "id=\"r" + std::to_string(id.value) + "\"", "</tr>"),
            AllOf(
                HasSubstr("Person can’t leave"), HasSubstr("Strong"), HasSubstr("Inside"), HasSubstr("(518) 555-0123")))
            << page;
}

TEST_F(DeskAlarm, AnOpenLeakIsFlaggedOnEveryOtherRequestOfThePlace)
{
    const auto bill = site.submit(site.cast.mei, "Bill is wrong", "billing");
    const auto elsewhere = site.submit(site.cast.omar, "Boiler is cold");
    const auto row = [&](ServiceRequestId id) {
        return between(sofia.get("/admin/requests/?size=50").body, "id=\"r" + std::to_string(id.value) + "\"", "</tr>");
    };
    EXPECT_THAT(sofia.get(path(bill)).body, Not(HasSubstr("Open emergency at this address")));

    const auto leak = report({}, " 12 ELM street ");
    for (int i = 0; i < 7; ++i)
        site.submit(site.cast.mei, "Later");

    EXPECT_THAT(sofia.get(path(bill)).body,
        AllOf(HasSubstr("Open emergency at this address"), HasSubstr("href=\"" + path(leak) + "\"")));
    EXPECT_THAT(sofia.get(path(elsewhere)).body, Not(HasSubstr("Open emergency at this address")));
    EXPECT_THAT(between(sofia.get(path(leak)).body, "<h1 dir=\"auto\">", "Messages and events"),
        Not(HasSubstr("Open emergency at this address")));
    EXPECT_THAT(row(bill), HasSubstr("Gas leak at this address"));
    EXPECT_THAT(row(elsewhere), Not(HasSubstr("Gas leak at this address")));
    for (int i = 0; i < 20; ++i)
        report({}, std::to_string(i) + " Oak Lane");
    EXPECT_THAT(row(bill), HasSubstr("Gas leak at this address")) << "also while many others are open";
    EXPECT_THAT(row(elsewhere), Not(HasSubstr("Gas leak at this address")));

    sofia.post(path(leak) + "status/",
        {{"status", "Resolved"}, {"version", "1"}, {"finding", "made_safe"}, {"reason", "Valve closed"}});
    EXPECT_THAT(sofia.get(path(bill)).body, Not(HasSubstr("Open emergency at this address")));
    EXPECT_THAT(row(bill), Not(HasSubstr("Gas leak at this address")));
}

TEST_F(DeskAlarm, AnAddressThatLeavesOutTheTownIsPerhapsTheSamePlace)
{
    const auto whole = report({}, "12 Elm Street, Aldermere, NY 12999");
    const auto brief = report({}, "12 elm st.");
    const auto far = report({}, "12 Elm Street, Millbrook, NY 12545");

    EXPECT_THAT(
        sofia.get(path(brief)).body, AllOf(HasSubstr("Perhaps the same place"),
                                         HasSubstr("</span>, <span dir=\"auto\">12 Elm Street, Aldermere, NY 12999"),
                                         Not(HasSubstr("Open emergency at this address"))));
    EXPECT_THAT(sofia.get(path(whole)).body,
        AllOf(HasSubstr("Perhaps the same place"), HasSubstr("<span dir=\"auto\">12 elm st.</span>"),
            Not(HasSubstr("<span dir=\"auto\">12 Elm Street, Millbrook"))));
    EXPECT_THAT(sofia.get(path(far)).body, Not(HasSubstr("<span dir=\"auto\">12 Elm Street, Aldermere")));
}

TEST_F(DeskAlarm, TheRowOfARequestPerhapsAtTheSamePlaceSaysSo)
{
    const auto bill = site.submit(site.cast.mei, "Bill is wrong", "billing");
    const auto next_door = site.submit(site.cast.omar, "Boiler is cold");
    const auto row = [&](ServiceRequestId id) {
        return between(sofia.get("/admin/requests/?size=50").body, "id=\"r" + std::to_string(id.value) + "\"", "</tr>");
    };
    report({.unable_to_leave = "yes"}, "12 Elm St., Aldermere, NY 12999");
    EXPECT_THAT(row(bill), AllOf(HasSubstr("Gas leak, perhaps at this address"), HasSubstr("Person can’t leave"),
                               Not(HasSubstr("Gas leak at this address"))));
    EXPECT_THAT(row(next_door), Not(HasSubstr("Gas leak")));
    report({}, "12 ELM street");
    EXPECT_THAT(row(bill), AllOf(HasSubstr("Gas leak at this address"), Not(HasSubstr("perhaps"))));
}

TEST_F(DeskAlarm, OtherRequestsOfThePlaceSayInRedThatAPersonCannotLeaveThere)
{
    const auto bill = site.submit(site.cast.mei, "Bill is wrong", "billing");
    const auto row = [&] {
        return between(sofia.get("/admin/requests/?type=billing").body, "id=\"r" + std::to_string(bill.value), "</tr>");
    };
    const auto head = [&] { return between(sofia.get(path(bill)).body, "data-slot=\"emergency-here\"", "cols--rail"); };
    const auto red = ContainsRegex("flag--hot\">(<svg.*</svg>)?Person can’t leave");
    report({.unable_to_leave = "no"});
    EXPECT_THAT(row(), AllOf(HasSubstr("Gas leak at this address"), Not(HasSubstr("leave</b>"))));
    EXPECT_THAT(head(), AllOf(HasSubstr("Open emergency at this address"), Not(HasSubstr("leave</b>"))));
    report({.unable_to_leave = "unknown"});
    EXPECT_THAT(row(), HasSubstr("Perhaps someone inside"));
    EXPECT_THAT(head(), HasSubstr("Perhaps someone inside"));
    report({.unable_to_leave = "yes"});
    EXPECT_THAT(row(), AllOf(red, Not(HasSubstr("Perhaps someone inside"))));
    EXPECT_THAT(head(), red);
    for (int i = 0; i < 20; ++i)
        report({.unable_to_leave = "no"}, std::to_string(i) + " Oak Lane");
    EXPECT_THAT(row(), red) << "also while many others are open";
}

TEST_F(DeskAlarm, EachOfSeveralOpenLeaksOfThePlaceHasALinkAndManyHaveTheirList)
{
    const auto bill = site.submit(site.cast.mei, "Bill is wrong", "billing");
    const auto link = [&](ServiceRequestId id) { return HasSubstr("href=\"" + path(id) + "\""); };
    const auto here = [&] { return between(sofia.get(path(bill)).body, "data-slot=\"emergency-here\"", "cols--rail"); };
    const auto first = report({}, "12 Elm Street");
    EXPECT_THAT(here(), AllOf(HasSubstr("<b>Open emergency at this address</b>"), link(first)));
    const auto second = report({}, "12 ELM street");
    EXPECT_THAT(here(), AllOf(HasSubstr("<b>2 open emergencies at this address</b>"), link(first), link(second),
                            Not(HasSubstr("Show all"))));
    for (int i = 0; i < 5; ++i)
        report({}, "12 Elm Street");
    EXPECT_THAT(
        here(), AllOf(HasSubstr("<b>7 open emergencies at this address</b>"), Not(link(first)),
                    HasSubstr("href=\"/admin/requests/?status=Pending&amp;type=gas-leak&amp;q=12%20Elm%20Street\"")));
    EXPECT_THAT(sofia.get("/admin/requests/?status=Pending&type=gas-leak&q=12%20Elm%20Street").body, link(first));
}

TEST_F(DeskAlarm, WhereAPersonCannotLeaveIsTheFirstLineOfTheBar)
{
    report({.unable_to_leave = "yes"}, "77 Foundry Row");
    for (int street = 0; street < 12; ++street) {
        site.clock.advance(std::chrono::minutes(1));
        report({}, std::to_string(street) + " False Street");
    }
    const std::string body = bar(sofia.get("/admin/users/").body);
    ASSERT_NE(body.find("77 Foundry Row"), std::string::npos);
    EXPECT_LT(body.find("77 Foundry Row"), body.find("11 False Street"));
}

TEST_F(DeskAlarm, TheOneThatHasWaitedLongestIsInTheBarHoweverManyCameLater)
{
    const auto longest = report({}, "1 Long Road");
    for (int street = 0; street < 5; ++street) {
        site.clock.advance(std::chrono::minutes(1));
        report({}, std::to_string(street) + " New Street");
    }
    const std::string body = bar(sofia.get("/admin/users/").body);
    EXPECT_THAT(body, AllOf(HasSubstr("4 New Street"), HasSubstr("2 New Street"), Not(HasSubstr("1 New Street")),
                          HasSubstr("alarm--longest\" id=\"alarm" + std::to_string(longest.value) + "\""),
                          HasSubstr("2 more that nobody has"), HasSubstr("4 more that nobody has")));
}

TEST_F(DeskAlarm, TheBarSaysInHowManyOfTheOthersAPersonCannotLeave)
{
    for (int street = 0; street < 6; ++street) {
        site.clock.advance(std::chrono::minutes(1));
        report({.unable_to_leave = "yes"}, std::to_string(street) + " Trap Street");
    }
    for (int street = 0; street < 2; ++street) {
        site.clock.advance(std::chrono::minutes(1));
        report({}, std::to_string(street) + " New Street");
    }
    // Three lines of Trap Street, the newest other one, and the longest waiting; a phone shows the first and the last.
    EXPECT_THAT(bar(sofia.get("/admin/users/").body),
        AllOf(HasSubstr("3 more that nobody has"), HasSubstr("In 2 of them a person can’t leave"),
            HasSubstr("6 more that nobody has"), HasSubstr("In 4 of them a person can’t leave")));
}

TEST_F(DeskAlarm, BarSideBarOverviewPinnedRowsAndListCountTheSameWithFoldedOnes)
{
    for (const auto* const street : {"1 Far Road", "2 Far Road", "3 Far Road", "4 Far Road"})
        report_bare(street);
    for (int i = 0; i < 5; ++i)
        report_bare("5 Far Road");
    const auto taken = report({}, "12 Elm Street");
    ravi.post(path(taken) + "take/", {});

    const std::string body = sofia.get("/admin/").body;
    EXPECT_THAT(
        body, AllOf(HasSubstr("<span data-emergency-count>9</span>"), HasSubstr("data-follows=\"emergencies\">9</b>"),
                  HasSubstr("7 of 9 open emergencies that nobody has"), HasSubstr("I have all 5")));
    EXPECT_THAT(bar(body), AllOf(HasSubstr("5 Far Road"), HasSubstr("4 Far Road"), HasSubstr("3 Far Road"),
                               HasSubstr("1 Far Road"), HasSubstr("<b class=\"wide\">1 more that nobody has")));
    const std::string list = sofia.get("/admin/requests/?status=Pending&type=gas-leak").body;
    EXPECT_THAT(list, HasSubstr("9 that nobody has, 10 open"));
}

TEST_F(DeskAlarm, ShowThemLeadsToThoseThatNobodyHasAndToThoseWhereAPersonCannotLeave)
{
    const auto trapped = report({.unable_to_leave = "yes"}, "1 Trap Street");
    for (int street = 0; street < 6; ++street) {
        site.clock.advance(std::chrono::minutes(1));
        report({.unable_to_leave = street < 4 ? "yes" : "no"}, std::to_string(street) + " New Street");
    }
    const auto taken = report({.unable_to_leave = "yes"}, "12 Elm Street");
    ravi.post(path(taken) + "take/", {});
    const std::string all = "/admin/requests/?status=Pending&amp;type=gas-leak";
    EXPECT_THAT(bar(sofia.get("/admin/users/").body),
        AllOf(HasSubstr(all + "&amp;alarm=ringing\">Show them"), HasSubstr(all + "&amp;alarm=cannot-leave\">In "),
            HasSubstr(all + "\"><b>1 leak in hand")));

    const std::string ringing = sofia.get("/admin/requests/?status=Pending&type=gas-leak&alarm=ringing").body;
    EXPECT_THAT(ringing, AllOf(HasSubstr("id=\"r" + std::to_string(trapped.value) + "\""), HasSubstr("5 New Street"),
                             Not(HasSubstr("id=\"r" + std::to_string(taken.value) + "\"")), HasSubstr("Nobody has it"),
                             HasSubstr("name=\"alarm\" value=\"ringing\"")));
    const std::string cannot = sofia.get("/admin/requests/?status=Pending&type=gas-leak&alarm=cannot-leave").body;
    EXPECT_THAT(
        between(cannot, "data-rows", "</table>"), AllOf(HasSubstr("1 Trap Street"), HasSubstr("3 New Street"),
                                                      Not(HasSubstr("5 New Street")), Not(HasSubstr("12 Elm Street"))));
    EXPECT_THAT(sofia.get("/admin/requests/?alarm=loud").body, HasSubstr("is not one we use: ringing or cannot-leave"));
}

TEST_F(DeskAlarm, NotSureWhetherEveryoneCanLeaveIsSaidInTheAlarmAndTheList)
{
    const auto id = report({.unable_to_leave = "unknown"});
    EXPECT_THAT(bar(sofia.get("/admin/users/").body), HasSubstr("Perhaps someone inside"));
    EXPECT_THAT(between(sofia.get("/admin/requests/").body, "id=\"r" + std::to_string(id.value) + "\"", "</tr>"),
        HasSubstr("Perhaps someone inside"));
    EXPECT_THAT(between(sofia.get(path(id)).body, "data-slot=\"emergency\"", "cols--rail"),
        HasSubstr("Perhaps someone inside"));
    ravi.post(path(id) + "take/", {});
    EXPECT_THAT(between(sofia.get("/admin/requests/").body, "id=\"r" + std::to_string(id.value) + "\"", "</tr>"),
        HasSubstr("Perhaps someone inside"));
}

TEST_F(DeskAlarm, TheBarSaysWhatTheCustomerWroteAndThatItWasReopened)
{
    const auto id = site.submit(site.cast.mei, "Smell of gas", "gas-leak");
    const std::string url = "/service/" + std::to_string(id.value) + "/comments/";
    mei.post(url, {{"text", "Smell spreads\nto number 16"}, {"submission", "a-key-of-more-than-22-characters"}});
    EXPECT_THAT(bar(sofia.get("/admin/users/").body),
        AllOf(HasSubstr("New message: Smell spreads to number 16"), Not(HasSubstr("Reopened"))));
    sofia.post(path(id) + "status/",
        {{"status", "Resolved"}, {"version", "1"}, {"finding", "made_safe"}, {"reason", "Valve closed"}});
    mei.post(url, {{"text", "Nobody was here!"}, {"submission", "another-key-of-more-than-22-characters"}});
    EXPECT_THAT(bar(sofia.get("/admin/users/").body), HasSubstr("Mei Chen · Reopened · New message: Nobody was here!"));
}

TEST_F(DeskAlarm, WithoutScriptsThePageSaysYouToWhoHasIt)
{
    const auto id = report({});
    ravi.post(path(id) + "take/", {});
    for (const std::string& page : {path(id), std::string("/admin/requests/?status=Pending&type=gas-leak")}) {
        EXPECT_THAT(ravi.get(page).body, AllOf(HasSubstr(">You have it</b>"), Not(HasSubstr(">Ravi Patel has it</b>"))))
            << page;
        EXPECT_THAT(sofia.get(page).body, HasSubstr(">Ravi Patel has it</b>")) << page;
    }
}

TEST_F(DeskAlarm, ManyOfOneSenderAreResolvedFromThePageOfTheFirst)
{
    for (int street = 1; street < 10; ++street)
        report_bare(std::to_string(street) + " Far Road");
    const auto first = report_bare("1 False Street");
    const auto second = report_bare("2 False Street");
    EXPECT_THAT(
        bar(sofia.get("/admin/").body), AllOf(HasSubstr("1 more from this sender"), HasSubstr("1 other address"),
                                            HasSubstr("1 False Street, newest: 2 False Street")));
    EXPECT_THAT(sofia.get(path(first)).body,
        AllOf(HasSubstr("2 reports from one sender"), HasSubstr("<b>2 False Street</b>"), HasSubstr("203.0.113.7")));
    EXPECT_THAT(sofia.get(path(first) + "false-alarm/").body,
        AllOf(HasSubstr("name=\"newest\" value=\"" + std::to_string(second.value) + "\""),
            HasSubstr("<b dir=\"auto\">2 False Street</b>")));
    EXPECT_THAT(sofia.get(path(second)).body, HasSubstr("href=\"" + path(first) + "#fold\""));

    const auto silent = ravi.post(path(first) + "false-alarm/", answered(second, "made_safe", " "));
    EXPECT_EQ(silent.status, 422);
    EXPECT_THAT(silent.body, AllOf(HasSubstr("Write how you know."), HasSubstr("Yes, resolve all 2"),
                                 ContainsRegex("value=\"made_safe\"[[:space:]]+checked")));
    const auto half = ravi.post(path(first) + "false-alarm/", answered(second, "", "A prank"));
    EXPECT_EQ(half.status, 422) << "the question of a single one";
    EXPECT_THAT(half.body, HasSubstr("Choose one: Resolved or False alarm."));
    EXPECT_EQ(ravi.post(path(first) + "false-alarm/", answered(second)).location(), path(first));

    EXPECT_THAT(ravi.get(path(first)).body,
        AllOf(HasSubstr("2 reports are resolved as false alarms."), HasSubstr("marked it as a false alarm: A prank")));
    EXPECT_THAT(bar(sofia.get("/admin/").body), Not(HasSubstr("False Street")));
}

TEST_F(DeskAlarm, WhoTakesManyAtOnceHearsThatTheyHaveThemAll)
{
    const auto first = report({.sender = "203.0.113.7"});
    report({.sender = "203.0.113.7"});
    const std::string shown = position();
    EXPECT_THAT(ravi.get("/admin/users/").body, HasSubstr("name=\"position\" value=\"" + shown + "\""));
    ravi.set_header("accept", "text/html; fragment");
    EXPECT_THAT(ravi.post(path(first) + "take/", {{"position", shown}}).body,
        ContainsRegex("You have all 2[[:space:]]*: 12 Elm Street"));
}

TEST_F(DeskAlarm, WhatCameInAfterThePageWasShownStillRingsAndTheAnswerSaysSo)
{
    const auto first = report({.sender = "203.0.113.7"});
    const auto second = report({.sender = "203.0.113.7"});
    const std::string shown = position();
    const auto third = report({.sender = "203.0.113.7"});
    EXPECT_EQ(
        ravi.post(path(first) + "take/", {{"position", shown}, {"next", "/admin/users/"}}).location(), "/admin/users/");
    const std::string page = ravi.get("/admin/users/").body;
    EXPECT_THAT(page, HasSubstr("You have what the page showed. 1 more came in meanwhile and still rings"));
    EXPECT_THAT(bar(page), AllOf(HasSubstr(path(third) + "take/"), HasSubstr("2 leaks in hand")));
    EXPECT_THAT(sofia.get(path(second)).body, HasSubstr("Ravi Patel has it"));

    const auto fourth = report({.sender = "203.0.113.7"});
    sofia.set_header("accept", "text/html; fragment");
    EXPECT_THAT(sofia.post(path(third) + "take/", {{"position", shown}}).body,
        ContainsRegex("You have it[[:space:]]*: 12 Elm Street[[:space:]]*\\. 1 more came in meanwhile and still rings"
                      "[[:space:]]*: 12 Elm Street"));
    EXPECT_THAT(bar(ravi.get("/admin/users/").body), HasSubstr(path(fourth) + "take/"));
}

TEST_F(DeskAlarm, WhoCallsManyFalseReadsWhatEachSaysAndWhatElseIsOpenThere)
{
    const auto first = report({.place = "inside", .strength = "strong", .sender = "203.0.113.7"});
    report({.sender = "203.0.113.7"});
    const auto beside = report({.unable_to_leave = "yes", .sender = "198.51.100.1"});
    report({.sender = "198.51.100.2"}, "9 Far Road");
    const std::string body = ravi.get(path(first) + "false-alarm/").body;
    EXPECT_THAT(between(body, "This resolves 2", "Also open at these addresses"),
        AllOf(HasSubstr("Very strong"), HasSubstr("Inside"), HasSubstr("Not answered whether everyone can leave"),
            Not(HasSubstr("href=\"" + path(beside)))));
    EXPECT_THAT(between(body, "Also open at these addresses", "name=\"finding\""),
        AllOf(HasSubstr("href=\"" + path(beside)), HasSubstr("flag--hot"), HasSubstr("Person can’t leave"),
            HasSubstr("an instrument measured no gas"), Not(HasSubstr("Far Road"))));
}

TEST_F(DeskAlarm, WhatAColleagueTookMeanwhileIsNamedAndNothingIsResolved)
{
    const auto first = report({.sender = "203.0.113.7"});
    const auto second = report({.sender = "203.0.113.7"});
    const auto third = report({.sender = "203.0.113.7"});
    auto form = answered(third);
    for (const auto id : {first, second, third})
        form.emplace_back("shown", std::to_string(id.value));
    EXPECT_THAT(ravi.get(path(first) + "false-alarm/").body,
        HasSubstr("name=\"shown\" value=\"" + std::to_string(second.value) + "\""));

    sofia.post(path(second) + "take/", {});
    const auto one = ravi.post(path(first) + "false-alarm/", form);
    EXPECT_EQ(one.status, 409);
    EXPECT_THAT(one.body,
        AllOf(HasSubstr("Sofia Marchetti has 1 of these since today, 4:31 PM. It is not resolved."),
            HasSubstr("Nothing is resolved yet."), HasSubstr("Yes, resolve all 2"), HasSubstr("A prank</textarea>")));

    sofia.post(path(first) + "take/", {{"position", position()}});
    const auto all = ravi.post(path(first) + "false-alarm/", form);
    EXPECT_EQ(all.status, 409);
    EXPECT_THAT(all.body, AllOf(HasSubstr("Sofia Marchetti has 3 of these"), HasSubstr("They are not resolved."),
                              Not(HasSubstr("Yes, resolve"))));
    EXPECT_THAT(ravi.get(path(first) + "false-alarm/").body, HasSubstr("Sofia Marchetti has 2 of these"));
    EXPECT_EQ(site.database.number("SELECT COUNT(*) FROM service_servicerequest WHERE status = 'Pending'"), 3);
    EXPECT_EQ(sofia.post(path(first) + "false-alarm/", answered(third)).status, 303) << "her own";
}

TEST_F(DeskAlarm, AFalseAlarmIsRefusedWithTheReasonKeptAndNothingIsResolved)
{
    const auto id = report({}, "1 False Street");
    const std::string newest = std::to_string(id.value);
    const auto essay = ravi.post(path(id) + "false-alarm/",
        {{"newest", newest}, {"finding", "false_alarm"}, {"reason", std::string(5001, 'x')}});
    EXPECT_EQ(essay.status, 400);
    EXPECT_THAT(essay.body, AllOf(HasSubstr("Use 5000 characters or fewer"), HasSubstr(std::string(5001, 'x'))));
    for (const auto* const odd : {"", "abc"}) {
        const auto refused =
            ravi.post(path(id) + "false-alarm/", {{"newest", odd}, {"finding", "false_alarm"}, {"reason", "A prank"}});
        EXPECT_EQ(refused.status, 400) << odd;
        EXPECT_THAT(refused.body, HasSubstr("A prank"));
    }
    EXPECT_THAT(bar(sofia.get("/admin/").body), HasSubstr("1 False Street"));

    const std::string long_reason(5000, 'y');
    EXPECT_EQ(
        ravi.post(path(id) + "false-alarm/", {{"newest", newest}, {"finding", "false_alarm"}, {"reason", long_reason}})
            .status,
        303);
    EXPECT_THAT(ravi.get(path(id)).body, HasSubstr(long_reason));
}

TEST_F(DeskAlarm, CustomersNeverSeeTheSender)
{
    const auto form =
        mei.post("/service/create/", {{"request_type", "gas-leak"}, {"account", "other"}, {"address", "12 Elm Street"},
                                         {"description", "Gas"}, {"submission", "a-key-of-more-than-22-characters"}});
    EXPECT_EQ(form.status, 303);
    EXPECT_EQ(site.database.number("SELECT COUNT(*) FROM service_leak_report WHERE sender = '127.0.0.1'"), 1);
    for (const std::string page : {"/service/1/", "/service/", "/service/1/received/", "/"})
        EXPECT_THAT(mei.get(page).body, Not(HasSubstr("127.0.0.1"))) << page;
    EXPECT_THAT(ravi.get("/admin/requests/export.csv").body, Not(HasSubstr("127.0.0.1")));
}

TEST_F(DeskAlarm, UnknownAnswersAreNamedAndNotRed)
{
    const auto id = report({});
    EXPECT_THAT(between(sofia.get(path(id)).body, "data-slot=\"emergency\"", "cols--rail"),
        AllOf(HasSubstr("Strength not answered"), HasSubstr("Not answered whether everyone can leave"),
            Not(HasSubstr("class=\"flag"))));
}

TEST_F(DeskAlarm, CustomersSeeNeitherBarNorWhoHasIt)
{
    const auto id = site.submit(site.cast.mei, "Smell of gas", "gas-leak");
    ravi.post(path(id) + "take/", {});
    const std::string body = mei.get("/service/" + std::to_string(id.value) + "/").body;
    EXPECT_THAT(body, AllOf(Not(HasSubstr("data-alarms")), Not(HasSubstr("Ravi"))));
}

} // namespace
