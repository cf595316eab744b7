#include "assets/assets.hpp"
#include "support/test_site.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <zlib.h>

namespace {

using support::Client;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

const std::string key = "AAAAAAAAAAAAAAAAAAAAAA";

class EmergencyPages : public testing::Test
{
  protected:
    std::int64_t count() { return site.database.number("SELECT count(*) FROM service_servicerequest"); }

    support::TestSite site;
    Client guest{site};
};

TEST_F(EmergencyPages, AdviceAndTheNumberStandBeforeTheForm)
{
    const auto page = guest.get("/emergency/");

    EXPECT_EQ(page.status, 200);
    EXPECT_LT(page.body.find("Leave the building now"), page.body.find("emerg__call"));
    EXPECT_LT(page.body.find("emerg__call"), page.body.find("<form"));
}

TEST_F(EmergencyPages, OurNewestMessageIsOnTopOfTheGuestsPageWithHowToAnswer)
{
    const auto sent = guest.post("/emergency/", {{"address", "9 Oak Street"}, {"unable_to_leave", "no"}});
    const auto page = [&] { return guest.get(sent.location()).body; };
    EXPECT_THAT(page(), AllOf(Not(HasSubstr("New message from us")), HasSubstr("To answer, call"),
                            HasSubstr("and say SR 1."), HasSubstr("tel:+18005550199")));
    Client ravi(site);
    ravi.sign_in_as(site.cast.ravi);
    EXPECT_THAT(ravi.get("/admin/requests/1/").body, HasSubstr("They can read this but can’t answer here. Call them."));
    for (const std::string text : {"Leave the corner", "Walk 200 m north"})
        ravi.post("/admin/requests/1/comments/", {{"text", text}, {"visibility", "public"}});
    ravi.post("/admin/requests/1/comments/", {{"text", "A note"}, {"visibility", "internal"}});
    const std::string body = page();
    EXPECT_THAT(body, AllOf(HasSubstr("New message from us, today, 4:31 PM:"), Not(HasSubstr("A note"))));
    EXPECT_LT(body.find("Walk 200 m north"), body.find("We have your report"));
    EXPECT_GT(body.find("Leave the corner"), body.find("We have your report"));

    const auto trapped = guest.post("/emergency/", {{"address", "11 Oak Street"}, {"unable_to_leave", "yes"}});
    ravi.post("/admin/requests/2/comments/", {{"text", "Stay at the window"}, {"visibility", "public"}});
    const std::string urgent = guest.get(trapped.location()).body;
    EXPECT_LT(urgent.find("Call 911 now"), urgent.find("Stay at the window")) << "nothing comes before the call to 911";
    EXPECT_LT(urgent.find("Stay at the window"), urgent.find("We have your report</h2>"));
}

TEST_F(EmergencyPages, TheOnlyScriptIsTheSmallOneThatKeepsWhatIsTyped)
{
    std::string body = guest.get("/emergency/").body;
    const std::string script =
        "<script type=\"module\" src=\"" + std::string(assets::url("emergency.js")) + "\"></script>";
    const auto at = body.find(script);
    ASSERT_NE(at, std::string::npos);
    body.erase(at, script.size());
    EXPECT_THAT(body, Not(HasSubstr("<script")));
}

/// A leak as a guest's browser sends it: each time with another key, as after Back.
Client::Fields leak(char letter, std::string notes = "It hisses")
{
    return {{"submission", std::string(22, letter)}, {"address", "9 Oak Street"}, {"phone", "5185550123"},
        {"name", "Pat"}, {"notes", std::move(notes)}, {"place", "inside"}};
}

TEST_F(EmergencyPages, TheSameReportSentAgainIsAnsweredByTheFirstOnesReceipt)
{
    const auto first = guest.post("/emergency/", leak('a'));
    const auto second = guest.post("/emergency/", leak('b'));

    EXPECT_EQ(second.location(), first.location() + "?again=1");
    EXPECT_EQ(count(), 1);
    EXPECT_THAT(guest.get(second.location()).body,
        AllOf(HasSubstr("We already have your report SR-00001 (today, 4:31 PM)"), HasSubstr("Send again anyway"),
            HasSubstr("name=\"notes\" value=\"It hisses\""), HasSubstr("name=\"place\" value=\"inside\""),
            HasSubstr("name=\"name\" value=\"Pat\"")));
    EXPECT_EQ(guest.post("/emergency/", leak('a')).location(), first.location()) << "a double click";
    auto meant = leak('c');
    meant.emplace_back("again", "1");
    EXPECT_NE(guest.post("/emergency/", meant).location(), first.location());
    EXPECT_EQ(count(), 2);
}

TEST_F(EmergencyPages, WhatIsNewAboutALeakAndWhatOthersSendIsNeverHeldBack)
{
    guest.post("/emergency/", leak('a'));
    guest.post("/emergency/", leak('b', "It hisses louder"));
    EXPECT_EQ(count(), 2);
    Client(site).post("/emergency/", leak('c'));
    EXPECT_EQ(count(), 3) << "another browser never sees the first one's link";
    Client ravi(site);
    ravi.sign_in_as(site.cast.ravi);
    ravi.post("/emergency/", leak('d'));
    ravi.post("/emergency/", leak('e'));
    EXPECT_EQ(count(), 5) << "two callers";
}

TEST_F(EmergencyPages, AResolvedReportAnswersNoNewOne)
{
    const auto first = guest.post("/emergency/", leak('a'));
    Client ravi(site);
    ravi.sign_in_as(site.cast.ravi);
    ravi.post("/admin/requests/1/status/",
        {{"status", "Resolved"}, {"version", "1"}, {"finding", "made_safe"}, {"reason", "Repaired"}});
    EXPECT_NE(guest.post("/emergency/", leak('b')).location(), first.location() + "?again=1");
    EXPECT_EQ(count(), 2);
}

TEST_F(EmergencyPages, AnOpenReportsPrivatePageRefreshesItself)
{
    const auto first = guest.post("/emergency/", leak('a'));
    EXPECT_THAT(guest.get(first.location()).body, HasSubstr(std::string(assets::url("follow.js"))));
    Client ravi(site);
    ravi.sign_in_as(site.cast.ravi);
    ravi.post("/admin/requests/1/status/",
        {{"status", "Resolved"}, {"version", "1"}, {"finding", "made_safe"}, {"reason", "Repaired"}});
    EXPECT_THAT(guest.get(first.location()).body, Not(HasSubstr("follow.")));
}

TEST_F(EmergencyPages, PageWithItsStyleAndScriptTravelsInLessThan15KiB)
{
    const std::string page = guest.get("/emergency/").body;
    uLongf packed = compressBound(page.size());
    std::vector<Bytef> buffer(packed);
    ASSERT_EQ(compress2(buffer.data(), &packed, reinterpret_cast<const Bytef*>(page.data()), page.size(), 1), Z_OK);

    const auto* style = assets::find(assets::url("emergency.css"));

    EXPECT_THAT(page, HasSubstr(style->path));
    EXPECT_GT(style->gzip.size(), 1000U);
    const auto* script = assets::find(assets::url("emergency.js"));
    EXPECT_THAT(page, HasSubstr(script->path));
    EXPECT_LT(packed + style->gzip.size() + script->gzip.size(), 15U * 1024);
}

TEST_F(EmergencyPages, GuestReportsWithoutCookieAndFollowsByTheLink)
{
    const auto sent = guest.post_without_token("/emergency/",
        {{"address", "20 Elm Street"}, {"phone", "518 555 0100"}, {"place", "inside"}, {"strength", "strong"},
            {"unable_to_leave", "yes"}, {"notes", "Hissing by the meter"}, {"submission", key}});

    ASSERT_EQ(sent.status, 303);
    EXPECT_THAT(sent.location(), testing::StartsWith("/emergency/report/"));
    const auto page = Client(site).get(sent.location());
    EXPECT_THAT(page.body, AllOf(HasSubstr("SR-00001"), HasSubstr("20 Elm Street"), HasSubstr("Hissing by the meter"),
                               HasSubstr("Pending")));
    EXPECT_EQ(page.header("Cache-Control"), "no-store");
    EXPECT_EQ(page.header("X-Robots-Tag"), "noindex");
    EXPECT_EQ(
        site.database.number("SELECT count(*) FROM service_leak_report WHERE place = 'inside' AND strength = 'strong'"
                             " AND unable_to_leave = 'yes' AND advice_version = 'US-generic-4'"),
        1);
    EXPECT_EQ(site.database.number(
                  "SELECT count(*) FROM service_servicerequest WHERE is_emergency = 1 AND channel = 'emergency'"
                  " AND user_id IS NULL"),
        1);
}

TEST_F(EmergencyPages, WhoSaysThatSomebodyCannotLeaveReadsToCall911FirstAndAllAnswersAgain)
{
    const auto sent = guest.post_without_token(
        "/emergency/", {{"address", "77 Foundry Row"}, {"phone", "518 555 0100"}, {"name", "Grace"}, {"place", "both"},
                           {"strength", "strong"}, {"unable_to_leave", "yes"}, {"notes", "By the stairs"}});
    const auto page = guest.get(sent.location());
    EXPECT_THAT(page.body, AllOf(HasSubstr("<title>Call 911 now. We have your report"), HasSubstr("tel:911"),
                               HasSubstr("Someone can’t get out of 77 Foundry Row, and there is a gas leak."),
                               HasSubstr("class=\"is-danger\">Yes</dd>"), HasSubstr("Strong</dd>")));
    EXPECT_THAT(
        page.body, AllOf(HasSubstr("Inside and outside</dd>"), HasSubstr("(518) 555-0100</dd>"),
                       HasSubstr("Grace</dd>"), HasSubstr("By the stairs"), Not(HasSubstr("class=\"estrip\""))));
    EXPECT_LT(page.body.find("Call 911 now</h1>"), page.body.find("1-800-555-0199"));
}

TEST_F(EmergencyPages, WhereEveryoneIsOutTheUtilitysNumberComesFirst)
{
    const auto sent =
        guest.post_without_token("/emergency/", {{"address", "77 Foundry Row"}, {"unable_to_leave", "no"}});
    EXPECT_THAT(guest.get(sent.location()).body,
        AllOf(HasSubstr("We have your report</h1>"), HasSubstr("Have you called?"), Not(HasSubstr("Call 911 now"))));
}

TEST_F(EmergencyPages, TheNumberIsThereOnceBeforeTheAdvice)
{
    EXPECT_THAT(guest.get("/emergency/").body, Not(HasSubstr("class=\"estrip\"")));
}

TEST_F(EmergencyPages, WhoCannotSpeakOrHearIsToldOfTheRelayAndOfTexting911OnlyWhereItIsThere)
{
    const auto sent = guest.post_without_token("/emergency/", {{"address", "9 Elm"}, {"unable_to_leave", "yes"}});
    EXPECT_THAT(
        guest.get("/emergency/").body, AllOf(HasSubstr("Use relay (711) to call us:"), Not(HasSubstr("text 911"))));
    EXPECT_THAT(guest.get(sent.location()).body, AllOf(HasSubstr("relay (711)"), Not(HasSubstr("Text 911"))));

    site.services().site.names.has_text_to_911 = true;

    EXPECT_THAT(guest.get("/emergency/").body, HasSubstr("you can also text 911. If a message says that it failed"));
    EXPECT_THAT(guest.get(sent.location()).body, HasSubstr("Text 911. If a message says that it failed"));
}

TEST_F(EmergencyPages, ASignedInReporterReadsTheirOwnReportAndWhereElseItIs)
{
    Client mei(site);
    mei.sign_in_as(site.cast.mei);
    const auto sent = mei.post_without_token("/emergency/", {{"address", "20 Elm Street"}});
    const auto page = mei.get(sent.location());
    EXPECT_THAT(page.body, AllOf(HasSubstr("You reported this"), HasSubstr("href=\"/service/1/\""),
                               Not(HasSubstr("Mei Chen sent")), Not(HasSubstr("reported online"))));
    const auto forwarded = guest.get(sent.location());
    EXPECT_THAT(forwarded.body, AllOf(Not(HasSubstr("Mei Chen")), Not(HasSubstr("href=\"/service/1/\""))));
    EXPECT_THAT(mei.get("/service/").body, AllOf(HasSubstr("Gas Leak"), Not(HasSubstr("reported online"))));
}

TEST_F(EmergencyPages, EveryActiveStaffMemberIsNotifiedAndNobodyElse)
{
    guest.post_without_token("/emergency/", {{"address", "20 Elm Street"}});
    EXPECT_THAT(site.notifications(),
        ElementsAre("ada: A gas leak was reported: SR-00001", "ravi: A gas leak was reported: SR-00001",
            "sofia: A gas leak was reported: SR-00001"));
}

TEST_F(EmergencyPages, WhoSendsItForACallerTellsTheOthersAndNotThemselves)
{
    Client ravi(site);
    ravi.sign_in_as(site.cast.ravi);
    ravi.post_without_token("/emergency/", {{"address", "20 Elm Street"}});

    EXPECT_EQ(site.database.number("SELECT count(*) FROM service_servicerequest WHERE user_id IS NULL"), 1);
    EXPECT_THAT(site.notifications(),
        ElementsAre("ada: A gas leak was reported: SR-00001", "sofia: A gas leak was reported: SR-00001"));
}

TEST_F(EmergencyPages, OnlyThePlaceIsRequiredAndEverythingTypedIsKept)
{
    const auto page = guest.post_without_token(
        "/emergency/", {{"address", " \t"}, {"notes", "By <the> gate"}, {"strength", "clear"}});

    EXPECT_EQ(page.status, 422);
    EXPECT_THAT(page.body, AllOf(HasSubstr("By &lt;the&gt; gate"), HasSubstr("value=\"clear\" checked"),
                               HasSubstr("Leave the building now")));
    EXPECT_EQ(count(), 0);
}

TEST_F(EmergencyPages, NoTextRefusesAReport)
{
    for (const auto& [field, value] : {std::pair<std::string, std::string>{"notes", "pasted\vfrom\u0085Word\x03\x1F"},
             {"address", "20\tElm Street"}, {"address", "B 3"}, {"address", std::string(201, 'x')},
             {"name", std::string(300, 'y')}, {"phone", std::string(300, '5')}, {"notes", std::string(20'000, 'z')}}) {
        Client::Fields form = {{"address", "20 Elm Street"}};
        if (field == "address")
            form.clear();
        form.emplace_back(field, value);
        EXPECT_EQ(guest.post_without_token("/emergency/", form).status, 303) << field << " " << value.substr(0, 20);
    }
    EXPECT_EQ(count(), 7);
}

TEST_F(EmergencyPages, WhatIsTooLongForALineIsWholeInTheNotes)
{
    const std::string address = "20 Elm Street, " + std::string(300, 'x') + " back door";
    const auto sent = guest.post_without_token("/emergency/", {{"address", address}, {"notes", "It\vhisses"}});
    const auto page = guest.get(sent.location());
    EXPECT_THAT(page.body, AllOf(HasSubstr("It"), HasSubstr("hisses"), HasSubstr("Address: " + address)));
    EXPECT_EQ(site.database.number("SELECT count(*) FROM service_servicerequest WHERE length(address) = 200"), 1);
}

TEST_F(EmergencyPages, AReportThatIsMuchTooLongCountsAsFarAsItCame)
{
    guest.get("/emergency/");
    guest.set_fault(http::BodyFault::TooLarge);
    const auto sent = guest.post("/emergency/", {{"address", "20 Elm Street"}, {"notes", "It hisses and"}});
    EXPECT_EQ(sent.status, 303);
    EXPECT_EQ(count(), 1);
    const auto* const words = "[Cut here: the report was longer than 256 KB.";
    EXPECT_THAT(guest.get(sent.location()).body, AllOf(HasSubstr("It hisses and…"), HasSubstr(words)));
    Client ravi(site);
    ravi.sign_in_as(site.cast.ravi);
    EXPECT_THAT(ravi.get("/admin/requests/1/").body, AllOf(HasSubstr("It hisses and…"), HasSubstr(words)));
}

TEST_F(EmergencyPages, AForeignOriginAloneMakesTheReportAGuests)
{
    for (const auto* const origin : {"https://public.name.example", "null"}) {
        Client mei(site);
        mei.sign_in_as(site.cast.mei);
        mei.set_header("origin", origin);
        EXPECT_EQ(mei.post_without_token("/emergency/", {{"address", "20 Elm Street"}}).status, 303) << origin;
    }
    EXPECT_EQ(site.database.number("SELECT count(*) FROM service_servicerequest WHERE user_id IS NULL"), 2);
}

TEST_F(EmergencyPages, UnknownAnswersNeverRefuseAReportAndCountAsNone)
{
    EXPECT_EQ(
        guest.post_without_token("/emergency/", {{"address", "20 Elm Street"}, {"place", "moon"}, {"strength", "'"}})
            .status,
        303);
    EXPECT_EQ(site.database.number(
                  "SELECT count(*) FROM service_leak_report WHERE place = 'unanswered' AND strength = 'unanswered'"),
        1);
}

TEST_F(EmergencyPages, NothingIsAnsweredBeforeTheReporterAnswersAndNotSureIsAnAnswer)
{
    EXPECT_THAT(guest.get("/emergency/").body, Not(HasSubstr(" checked")));
    const auto sent = guest.post_without_token("/emergency/", {{"address", "20 Elm Street"}, {"strength", "unknown"}});
    EXPECT_THAT(guest.get(sent.location()).body, AllOf(HasSubstr("Not sure</dd>"), HasSubstr("Not answered</dd>")));
    Client ravi(site);
    ravi.sign_in_as(site.cast.ravi);
    EXPECT_THAT(
        ravi.get("/admin/requests/1/").body, AllOf(HasSubstr("Strength not known"), HasSubstr("Place not answered"),
                                                 HasSubstr("Not answered whether everyone can leave")));
}

TEST_F(EmergencyPages, AReportWithAPhoneThatNobodyCanCallIsSavedAndItsReceiptSaysSo)
{
    const std::string words = "We can’t call this number.";
    const auto sent = guest.post_without_token("/emergency/", {{"address", "20 Elm Street"}, {"phone", "abc"}});
    EXPECT_EQ(sent.status, 303);
    EXPECT_EQ(site.database.number("SELECT count(*) FROM service_servicerequest WHERE contact_phone = 'abc'"), 1);
    EXPECT_THAT(guest.get(sent.location()).body, AllOf(HasSubstr("abc"), HasSubstr(words)));
    for (const std::string phone : {"", "518 555 0134"}) {
        const auto other = guest.post_without_token("/emergency/", {{"address", "21 Elm Street"}, {"phone", phone}});
        EXPECT_THAT(guest.get(other.location()).body, Not(HasSubstr(words))) << phone;
    }
}

TEST_F(EmergencyPages, ARefusedReportSaysInItsTitleWhatIsWrongAndFirstToCall911WhenSomebodyCannotLeave)
{
    EXPECT_THAT(guest.post_without_token("/emergency/", {{"address", ""}}).body,
        AllOf(HasSubstr("<title>Problem: the address is missing"), Not(HasSubstr("Call 911 now</h1>"))));
    site.lossy.lose(support::LossyDatabase::Lose::Commit);
    const auto safe = guest.post_without_token("/emergency/", {{"address", "9 Elm"}, {"unable_to_leave", "no"}});
    EXPECT_EQ(safe.status, 503);
    EXPECT_THAT(safe.body, AllOf(HasSubstr("<title>Problem: your report is not saved"), HasSubstr("Call us now:"),
                               HasSubstr("data-focus"), Not(HasSubstr("Call 911 now</h1>"))));
    site.lossy.lose(support::LossyDatabase::Lose::Commit);
    for (const auto& [address, status] : {std::pair{"9 Elm", 503}, {"", 422}}) {
        const auto page = guest.post_without_token("/emergency/", {{"address", address}, {"unable_to_leave", "yes"}});
        EXPECT_EQ(page.status, status);
        EXPECT_THAT(page.body, HasSubstr("<title>Call 911 now. Your report is not saved yet"));
        EXPECT_LT(page.body.find("Call 911 now</h1>"), page.body.find("1-800-555-0199"));
    }
}

TEST_F(EmergencyPages, TheOnlyAccountOfACustomerIsFilledInAndNobodyElseIsAsked)
{
    const std::string address = "name=\"address\" value=\"12 Elm Street\"";
    EXPECT_THAT(guest.get("/emergency/").body, Not(HasSubstr(address)));
    Client mei(site);
    mei.sign_in_as(site.cast.mei);
    EXPECT_THAT(mei.get("/emergency/").body, AllOf(HasSubstr(address), HasSubstr("the address of your account"),
                                                 HasSubstr("name=\"name\" value=\"Mei Chen\"")));
    Client ravi(site);
    ravi.sign_in_as(site.cast.ravi);
    EXPECT_THAT(ravi.get("/emergency/").body, AllOf(Not(HasSubstr(address)), Not(HasSubstr("value=\"Ravi"))));

    const auto phone = [&] { return mei.get("/emergency/").body; };
    site.database->write([&](db::Transaction& tx) {
        tx.apply("UPDATE service_account SET phone_number = '(518) 555-0101'");
        tx.apply("UPDATE auth_user SET phone = ''");
    });
    EXPECT_THAT(phone(), HasSubstr("value=\"(518) 555-0101\"")) << "of her account";
    site.database->write([&](db::Transaction& tx) { tx.apply("UPDATE auth_user SET phone = '(518) 555-0999'"); });
    EXPECT_THAT(phone(), HasSubstr("value=\"(518) 555-0999\"")) << "her own";
}

TEST_F(EmergencyPages, TheNumberToCallIsPrintedAndSoAreUtilityAndDate)
{
    const auto sent = guest.post_without_token("/emergency/", {{"address", "20 Elm Street"}});
    for (const std::string& path : {std::string("/emergency/"), sent.location()})
        EXPECT_THAT(guest.get(path).body, HasSubstr("class=\"printhead\"")) << path;
}

TEST_F(EmergencyPages, DoubleSubmitLeadsToTheSameReport)
{
    const Client::Fields form = {{"address", "20 Elm Street"}, {"submission", key}};
    const auto first = guest.post_without_token("/emergency/", form);
    const auto second = guest.post_without_token("/emergency/", form);
    EXPECT_EQ(second.location(), first.location());
    EXPECT_EQ(count(), 1);
    EXPECT_EQ(guest.get(second.location()).status, 200);
}

TEST_F(EmergencyPages, AnAnswerLostAtCommitStillLeadsToTheReport)
{
    site.lossy.lose(support::LossyDatabase::Lose::Answer);
    const auto sent = guest.post_without_token("/emergency/", {{"address", "20 Elm Street"}, {"submission", key}});

    EXPECT_THAT(sent.location(), testing::StartsWith("/emergency/report/"));
    EXPECT_EQ(Client(site).get(sent.location()).status, 200);
    EXPECT_EQ(count(), 1);
}

TEST_F(EmergencyPages, AnotherReportFromTheSameFormIsAReportOfItsOwn)
{
    const auto first = guest.post_without_token("/emergency/", {{"address", "20 Elm Street"}, {"submission", key}});
    const auto second = guest.post_without_token("/emergency/", {{"address", "22 Elm Street"}, {"submission", key}});
    EXPECT_EQ(second.status, 303);
    EXPECT_NE(second.location(), first.location());
    EXPECT_EQ(count(), 2);
}

TEST_F(EmergencyPages, WhatTheBrowserCallsAFormOfAnotherSiteIsRefused)
{
    guest.set_header("sec-fetch-site", "cross-site");
    EXPECT_EQ(guest.post_without_token("/emergency/", {{"address", "20 Elm Street"}}).status, 403);
    EXPECT_EQ(count(), 0);
}

TEST_F(EmergencyPages, GuessedLinksAreNotFound)
{
    guest.post_without_token("/emergency/", {{"address", "20 Elm Street"}});
    EXPECT_EQ(guest.get("/emergency/report/1/").status, 404);
    EXPECT_EQ(guest.get("/emergency/report/%27%20OR%201=1/").status, 404);
}

TEST_F(EmergencyPages, ASignedInCustomersReportIsAlsoInTheirList)
{
    Client mei(site);
    mei.sign_in_as(site.cast.mei);
    mei.post_without_token("/emergency/", {{"address", "20 Elm Street"}, {"notes", "Smell on the stairs"}});
    EXPECT_THAT(mei.get("/service/").body, HasSubstr("Smell on the stairs"));
}

TEST_F(EmergencyPages, FrontPageOfGuestsLeadsToItAndHomeShowsOnesOwn)
{
    EXPECT_THAT(guest.get("/").body, AllOf(HasSubstr("href=\"/emergency/\""), HasSubstr("href=\"/accounts/login/\"")));
    Client mei(site);
    mei.sign_in_as(site.cast.mei);
    EXPECT_THAT(
        mei.get("/").body, AllOf(HasSubstr("Welcome, Mei"), HasSubstr("No requests yet"), HasSubstr("4410-2087-33")));
    site.submit(site.cast.mei, "Boiler is cold");
    site.submit(site.cast.omar, "Not hers");
    EXPECT_THAT(mei.get("/").body, AllOf(HasSubstr("Good afternoon, Mei"), HasSubstr("You have 1 open request."),
                                       HasSubstr("Boiler is cold"), Not(HasSubstr("Not hers"))));
    EXPECT_EQ(Client(site).sign_in_as(site.cast.ada).get("/").location(), "/admin/");
}

TEST_F(EmergencyPages, WhenSomebodyHasItThePrivatePageSaysSoAndStillToCall)
{
    const auto plain = guest.post("/emergency/", leak('a'));
    auto trapped = leak('b');
    trapped.emplace_back("unable_to_leave", "yes");
    const auto urgent = guest.post("/emergency/", trapped);
    EXPECT_THAT(guest.get(plain.location()).body, AllOf(HasSubstr("It rings"), Not(HasSubstr("One of our staff"))));
    Client ravi(site);
    ravi.sign_in_as(site.cast.ravi);
    for (const std::string id : {"1", "2"})
        ravi.post("/admin/requests/" + id + "/take/", {});

    for (const auto& sent : {plain, urgent})
        EXPECT_THAT(guest.get(sent.location()).body,
            AllOf(HasSubstr("One of our staff has it (since today, 4:31"), HasSubstr("With our staff since"),
                HasSubstr("If you have not called, call from outside:"), Not(HasSubstr("We send a crew")),
                Not(HasSubstr("It rings")), Not(HasSubstr("Ravi"))));
    EXPECT_THAT(guest.get(urgent.location()).body, HasSubstr("If you have not called it yet:"));
    ravi.post("/admin/requests/1/give-back/", {});
    EXPECT_THAT(guest.get(plain.location()).body, AllOf(HasSubstr("It rings"), HasSubstr("We send a crew")));
}

TEST_F(EmergencyPages, AGuestWithoutANameHasNoAvatar)
{
    const auto bare = guest.post("/emergency/", {{"address", "9 Mill Lane"}, {"notes", "It hisses"}});
    Client ravi(site);
    ravi.sign_in_as(site.cast.ravi);
    for (const std::string& page : {guest.get(bare.location()).body, ravi.get("/admin/requests/1/").body})
        EXPECT_THAT(page, AllOf(HasSubstr("It hisses"), Not(HasSubstr("avatar--a"))));
    guest.post("/emergency/", {{"address", "10 Mill Lane"}, {"name", "Ann Lee"}, {"notes", "It hisses"}});
    EXPECT_THAT(ravi.get("/admin/requests/2/").body, HasSubstr("avatar--a"));
}

TEST_F(EmergencyPages, TheHeadOfTheFollowedPageChangesWithTheReport)
{
    auto form = leak('a');
    form.emplace_back("unable_to_leave", "yes");
    const auto sent = guest.post("/emergency/", form);
    EXPECT_THAT(guest.get(sent.location()).body, HasSubstr("<div data-fresh><section class=\"call911\""));
    site.database->write([](db::Transaction& tx) {
        tx.apply("UPDATE service_servicerequest SET status = 'Resolved', resolved_at = submitted_at");
    });
    EXPECT_THAT(guest.get(sent.location()).body,
        AllOf(HasSubstr("<div data-fresh hidden></div>"), HasSubstr("<div data-fresh><aside class=\"estrip\"")));
}

TEST_F(EmergencyPages, AClosedReportSaysNotToGoInAndWhomToCall)
{
    const auto sent = guest.post("/emergency/", leak('a'));
    site.database->write([](db::Transaction& tx) {
        tx.apply("UPDATE service_servicerequest SET status = 'Resolved', resolved_at = submitted_at");
    });
    EXPECT_THAT(guest.get(sent.location()).body,
        AllOf(HasSubstr("<title>This report is closed"), HasSubstr("This report is closed</h1>"),
            HasSubstr("Go in only if the crew told you that it is safe."),
            HasSubstr("Still smell gas? Go outside first. Then call"), Not(HasSubstr("We have your report"))));
}

TEST_F(EmergencyPages, AReportThatCannotBeReadSaysWhomToCall)
{
    guest.set_fault(http::BodyFault::Malformed);
    const auto answer = guest.post("/emergency/", {});
    EXPECT_EQ(answer.status, 400);
    EXPECT_THAT(answer.body,
        AllOf(HasSubstr("Your report was not sent"), HasSubstr("class=\"bigref\"><a href=\"tel:+18005550199"),
            HasSubstr("Leave the building now")));
    EXPECT_EQ(count(), 0);
}

} // namespace
