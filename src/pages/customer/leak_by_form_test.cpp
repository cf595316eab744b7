#include "support/test_site.hpp"

#include "web/forms/draft.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <regex>

namespace {

using support::Client;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

const std::string key = "AAAAAAAAAAAAAAAAAAAAAA";

class LeakByForm : public testing::Test
{
  protected:
    LeakByForm() { mei.sign_in_as(site.cast.mei); }

    std::int64_t count() { return site.database.number("SELECT count(*) FROM service_servicerequest"); }

    support::TestSite site;
    Client mei{site};
    int houses = 0;
};

TEST_F(LeakByForm, ConfirmationOfAGasLeakSaysToCall)
{
    const auto sent = mei.post("/service/create/", {{"request_type", "gas-leak"}, {"description", "It smells"}});

    const auto page = mei.get(sent.location());

    EXPECT_THAT(page.body, AllOf(HasSubstr("We have your report</h1>"), HasSubstr("Have you called?"),
                               HasSubstr("It smells"), Not(HasSubstr("Call 911 now"))));
    EXPECT_THAT(page.body, HasSubstr("class=\"estrip\""));
}

TEST_F(LeakByForm, WhoSaysThatSomebodyCannotLeaveReadsToCall911First)
{
    const auto sent = mei.post("/service/create/",
        {{"request_type", "gas-leak"}, {"description", "It smells"}, {"unable_to_leave", "yes"}, {"strength", "strong"},
            {"account", "other"}, {"address", "9 Mill Lane"}, {"phone", "518 555 0123"}});
    const std::string own = sent.location().substr(0, sent.location().find("received/"));
    for (const std::string& path : {sent.location(), own}) {
        const auto page = mei.get(path);
        EXPECT_LT(page.body.find("Call 911 now</h"), page.body.find("1-800-555-0199")) << path;
        EXPECT_THAT(page.body, HasSubstr("Someone can’t get out of 9 Mill Lane, and there is a gas leak.")) << path;
        EXPECT_THAT(page.body, AllOf(HasSubstr("(518) 555-0123"), Not(HasSubstr("class=\"estrip\"")))) << path;
    }
    EXPECT_THAT(mei.get(sent.location()).body,
        AllOf(HasSubstr("<title>Call 911 now. We have your report"), HasSubstr("Strong</dd>"), HasSubstr("Yes</dd>")));
}

/// A leak as Mei's browser sends it: each time with another key, as after Back.
Client::Fields leak(std::string submission, std::string text = "It smells")
{
    return {{"submission", std::move(submission)}, {"request_type", "gas-leak"}, {"description", std::move(text)},
        {"account", "other"}, {"address", "9 Mill Lane"}, {"phone", "518 555 0123"}, {"strength", "strong"}};
}

TEST_F(LeakByForm, TheSameLeakSentAgainIsAnsweredByTheFirstOnesReceipt)
{
    const auto first = mei.post("/service/create/", leak("first"));
    site.clock.advance(std::chrono::minutes(2));
    const auto second = mei.post("/service/create/", leak("second"));

    EXPECT_EQ(second.location(), first.location() + "?again=1");
    EXPECT_EQ(count(), 1);
    EXPECT_THAT(mei.get(second.location()).body,
        AllOf(HasSubstr("We already have your report SR-00001 (today, 4:31 PM)"),
            HasSubstr("Nothing needs to be sent twice."), HasSubstr("Send again anyway"),
            HasSubstr("name=\"again\" value=\"1\""), HasSubstr("name=\"strength\" value=\"strong\""),
            HasSubstr("name=\"address\" value=\"9 Mill Lane\"")));
    EXPECT_THAT(mei.get(first.location()).body, Not(HasSubstr("We already have")));
    auto meant = leak("third");
    meant.emplace_back("again", "1");
    EXPECT_EQ(mei.post("/service/create/", meant).location(), "/service/2/received/");
}

TEST_F(LeakByForm, WhatIsNewAboutALeakIsNeverHeldBack)
{
    mei.post("/service/create/", leak("1"));
    mei.post("/service/create/", leak("2", "It smells more"));
    auto trapped = leak("3");
    trapped.emplace_back("unable_to_leave", "yes");
    mei.post("/service/create/", trapped);
    EXPECT_EQ(count(), 3);
    site.clock.advance(std::chrono::minutes(31));
    mei.post("/service/create/", leak("4"));
    EXPECT_EQ(count(), 4) << "half an hour later it may be another leak";
}

TEST_F(LeakByForm, AnOpenLeakIsNeverDescribedLikeABill)
{
    const auto sent = mei.post("/service/create/", {{"request_type", "gas-leak"}, {"description", "It smells"}});
    const std::string own = sent.location().substr(0, sent.location().find("received/"));
    for (const std::string& path : {std::string("/"), std::string("/service/"), own, sent.location()})
        EXPECT_THAT(mei.get(path).body, Not(HasSubstr("A person reads it"))) << path;
    EXPECT_THAT(mei.get("/service/").body, HasSubstr("Open. We send a crew when you call:"));
    EXPECT_THAT(mei.get(own).body, AllOf(HasSubstr("The crew checks the air"), HasSubstr("You reported this")));
}

TEST_F(LeakByForm, WhenSomebodyHasItThePagesSaySoAndStillToCall)
{
    const auto sent = mei.post("/service/create/", {{"request_type", "gas-leak"}, {"description", "It smells"}});
    const std::string own = sent.location().substr(0, sent.location().find("received/"));
    site.clock.advance(std::chrono::minutes(2));
    Client ravi(site);
    ravi.sign_in_as(site.cast.ravi).post("/admin/requests/1/take/", {});

    for (const std::string& path : {std::string("/service/"), own, sent.location()})
        EXPECT_THAT(mei.get(path).body,
            AllOf(HasSubstr("One of our staff has"), HasSubstr("call"), HasSubstr("tel:+18005550199"),
                Not(HasSubstr("We send a crew")), Not(HasSubstr("It rings")), Not(HasSubstr("Ravi"))))
            << path;
    EXPECT_THAT(mei.get(own).body, HasSubstr("One of our staff has your report (since today, 4:33"));
    ravi.post("/admin/requests/1/give-back/", {});
    EXPECT_THAT(
        mei.get(own).body, AllOf(HasSubstr("We send a crew when you call"), Not(HasSubstr("One of our staff"))));
}

TEST_F(LeakByForm, ALeakThatIsMuchTooLongCountsAsFarAsItCame)
{
    mei.get("/service/create/");
    mei.set_fault(http::BodyFault::TooLarge);
    auto form = leak("1", std::string(255 * 1024, 'x') + " and");
    form.emplace_back("unable_to_leave", "yes");
    form.emplace_back("note", std::string(1024, 'y'));
    const auto sent = mei.post("/service/create/", form);

    EXPECT_EQ(sent.status, 303);
    EXPECT_THAT(mei.get("/service/1/").body, AllOf(HasSubstr("[Cut here: the report was longer than 256 KB."),
                                                 HasSubstr("Call 911 now"), HasSubstr("(518) 555-0123")));
    EXPECT_THAT(mei.get(sent.location()).body, Not(HasSubstr("did not arrive")));

    mei.set_fault(http::BodyFault::TooLarge);
    EXPECT_EQ(mei.post("/service/create/", {{"request_type", "billing"}, {"description", std::string(257 * 1024, 'x')}})
                  .status,
        413);
}

TEST_F(LeakByForm, AGasLeakIsToldToEveryActiveStaffMemberOnceAndToNobodyElse)
{
    site.database->write(
        [&](db::Transaction& tx) { tx.apply("UPDATE auth_user SET is_active = 0 WHERE username = 'ada'"); });
    const Client::Fields form = {{"request_type", "gas-leak"}, {"description", "It smells"}, {"submission", key}};

    mei.post("/service/create/", form);
    mei.post("/service/create/", form);

    EXPECT_THAT(site.notifications(),
        ElementsAre("ravi: A gas leak was reported: SR-00001", "sofia: A gas leak was reported: SR-00001"));
}

TEST_F(LeakByForm, ALeakWithTwoAddressesIsTakenAndTheStaffSeeBoth)
{
    const auto sent = mei.post("/service/create/",
        {{"request_type", "gas-leak"}, {"description", "It smells"},
            {"account", std::to_string(site.cast.account_of_mei.value)}, {"address", "99 Other Street"}});
    ASSERT_EQ(sent.status, 303);
    const auto desk = Client(site).sign_in_as(site.cast.ravi).get("/admin/requests/1/");
    EXPECT_THAT(
        desk.body, AllOf(HasSubstr("99 Other Street (account’s address: 12 Elm Street)"), HasSubstr("4410-2087-33")));

    std::string essay;
    for (int i = 0; i < 300; ++i)
        essay += "é";
    EXPECT_EQ(mei.post("/service/create/",
                     {{"request_type", "gas-leak"}, {"description", "It smells"}, {"address", essay + "\n"}})
                  .status,
        303)
        << "never refused";
}

TEST_F(LeakByForm, AnAccountThatWasUnlinkedOrDeactivatedMeanwhileCountsAsTheFormShowedIt)
{
    const std::string account = std::to_string(site.cast.account_of_mei.value);
    const std::string page = mei.get("/service/create/").body;
    EXPECT_THAT(page, HasSubstr("name=\"shown_account\" value=\"" + account + " 12 Elm Street"));
    const auto send = [&](const std::string& type, const std::string& text, const std::string& typed) {
        return mei.post("/service/create/",
            {{"request_type", type}, {"description", text}, {"account", account}, {"shown_account", "99 1 Far Road"},
                {"address", typed}, {"shown_account", account + " 12 Elm Street"}});
    };
    for (const std::string change : {"deactivated", "unlinked"}) {
        site.database->write([&](db::Transaction& tx) {
            tx.apply("UPDATE service_account SET is_active = 0");
            if (change == "unlinked")
                tx.apply("DELETE FROM service_account_user");
            if (change == "unlinked")
                tx.apply("UPDATE service_account SET is_active = 1, user_id = NULL");
        });
        const auto sent = send("gas-leak", change, "");
        ASSERT_EQ(sent.status, 303) << change;
        EXPECT_THAT(mei.get(sent.location()).body, HasSubstr("<dd>12 Elm Street</dd>"));
    }
    EXPECT_THAT(mei.get(send("gas-leak", "Yard", "9 Mill Lane").location()).body,
        HasSubstr("9 Mill Lane (account’s address: 12 Elm Street)"));
    EXPECT_EQ(send("billing", "Too much", "").status, 422) << "time to choose again";
    EXPECT_EQ(site.database.number("SELECT count(*) FROM service_servicerequest WHERE account_id IS NOT NULL"), 0);
    mei.end_session();
    EXPECT_THAT(mei.get(send("gas-leak", "Signed out", "").location()).body, HasSubstr("<dd>12 Elm Street</dd>"));
}

TEST_F(LeakByForm, AnAccountThatIsNotHersIsLeftOutAndTheTypedOrTheShownAddressIsThePlace)
{
    const std::string own = std::to_string(site.cast.account_of_mei.value);
    const std::string foreign = std::to_string(site.cast.account_of_omar.value);
    int text = 0;
    const auto where = [&](const std::string& account, const std::string& typed, std::vector<std::string> shown) {
        Client::Fields form = {{"request_type", "gas-leak"}, {"description", "Leak " + std::to_string(++text)},
            {"account", account}, {"address", typed}};
        for (std::string& address : shown)
            form.emplace_back("shown_account", std::move(address));
        const auto sent = mei.post("/service/create/", form);
        EXPECT_EQ(sent.status, 303) << account << typed;
        static const std::regex place("<dt>Where</dt><dd>([^<]*)</dd>");
        std::smatch found;
        const std::string body = mei.get(sent.location()).body;
        return std::regex_search(body, found, place) ? found[1].str() : "";
    };
    for (const std::string& account : {foreign, std::string("999"), std::string("nonsense")}) {
        EXPECT_EQ(where(account, "9 Mill Lane", {own + " 12 Elm Street"}), "9 Mill Lane") << account;
        EXPECT_EQ(where(account, "", {own + " 12 Elm Street"}), "12 Elm Street") << account;
        EXPECT_EQ(where(account, "", {"5 7 Far Road", "14 Oak Lane"}), "7 Far Road or 14 Oak Lane") << account;
        EXPECT_EQ(where(account, "", {}), "12 Elm Street") << account;
    }
    EXPECT_EQ(where(foreign, "", {foreign + " 14 Elm Street", own + " 12 Elm Street"}), "14 Elm Street");
    EXPECT_EQ(site.database.number("SELECT count(*) FROM service_servicerequest WHERE account_id IS NOT NULL"), 0);
    EXPECT_EQ(
        mei.post("/service/create/", {{"request_type", "billing"}, {"description", "x"}, {"account", foreign}}).status,
        422);
    mei.end_session();
    EXPECT_EQ(where("nonsense", "", {own + " 12 Elm Street"}), "12 Elm Street");
}

TEST_F(LeakByForm, AnAddressFromARequestThatWasNotSentIsAskedAboutAndElseHerAccountIsThePlace)
{
    site.database->write([&](db::Transaction& tx) {
        web::save_draft(tx, site.cast.mei.user_id, "/service/create/",
            {{"request_type", "maintenance"}, {"account", "other"}, {"address", "9 Wrong Way"},
                {"unable_to_leave", "no"}, {"strength", "faint"}},
            site.clock.now());
    });
    const auto page = mei.get("/service/create/");
    EXPECT_THAT(page.body, AllOf(HasSubstr("9 Wrong Way is from a request you didn’t send. Is the gas smell there?"),
                               Not(HasSubstr("value=\"no\" checked")), Not(HasSubstr("value=\"faint\" checked"))));
    EXPECT_EQ(page.input("kept_address"), "9 Wrong Way");
    const auto where = [&](const std::string& type, const std::string& typed, const std::string& answer) {
        const auto sent = mei.post(
            "/service/create/", {{"request_type", type}, {"description", typed + answer}, {"account", "other"},
                                    {"address", typed}, {"kept_address", "9 Wrong Way"}, {"kept_place", answer}});
        EXPECT_EQ(sent.status, 303);
        const std::string own = sent.location().substr(0, sent.location().find("received/"));
        return mei.get(own).body;
    };
    EXPECT_THAT(where("gas-leak", "9 Wrong Way", ""),
        HasSubstr("12 Elm Street (typed before, for another request: 9 Wrong Way)"));
    EXPECT_THAT(
        where("gas-leak", "9 Wrong Way", "no"), AllOf(HasSubstr("12 Elm Street"), Not(HasSubstr("typed before"))));
    EXPECT_THAT(where("gas-leak", "9 Wrong Way", "yes"), Not(HasSubstr("12 Elm Street")));
    EXPECT_THAT(where("gas-leak", "7 Right Way", ""), AllOf(HasSubstr("7 Right Way"), Not(HasSubstr("12 Elm Street"))));
    EXPECT_THAT(where("maintenance", "9 Wrong Way", ""), Not(HasSubstr("12 Elm Street")));
}

TEST_F(LeakByForm, WhoDidNotAnswerWhetherEverybodyIsOutReadsToCall911First)
{
    const auto sent = mei.post("/service/create/", {{"request_type", "gas-leak"}, {"description", "It smells"}});
    const std::string words = "Could someone still be inside?";
    EXPECT_THAT(mei.get(sent.location()).body,
        AllOf(HasSubstr(words), HasSubstr("Call 911 first."), HasSubstr("Then call us.")));
    const auto out = mei.post("/service/create/",
        {{"request_type", "gas-leak"}, {"description", "It still smells"}, {"unable_to_leave", "no"}});
    EXPECT_THAT(mei.get(out.location()).body, Not(HasSubstr(words)));
}

TEST_F(LeakByForm, AnotherPhotoIsSomethingNewAndTheSameOneStaysWithTheFirst)
{
    const auto send = [&](const std::string& submission, std::string_view bytes) {
        std::vector<http::UploadedFile> files;
        files.push_back(site.upload("one.png", bytes));
        return mei.post("/service/create/", leak(submission), std::move(files)).location();
    };
    const std::string one = support::tiny_png();
    const std::string first = send("1", one);
    EXPECT_EQ(send("2", one), first + "?again=1");
    EXPECT_THAT(mei.get(first + "?again=1").body,
        HasSubstr("“Send again anyway” goes without your photos. SR-00001 has them."));
    std::string other = one;
    other[other.find("IDAT") + 8] ^= 1;
    EXPECT_EQ(send("3", other), "/service/2/received/");
    EXPECT_EQ(site.database.number("SELECT count(*) FROM service_attachment"), 2);
}

TEST_F(LeakByForm, ALeakThatCannotBeSavedSaysWhomToCallAnd911FirstWhenSomebodyCannotLeave)
{
    site.lossy.lose(support::LossyDatabase::Lose::Commit);
    const auto page = mei.post(
        "/service/create/", {{"request_type", "gas-leak"}, {"description", "It smells"}, {"unable_to_leave", "yes"}});
    EXPECT_EQ(page.status, 503);
    EXPECT_LT(page.body.find("Call 911 now</h1>"), page.body.find("We couldn’t save your report"));
    EXPECT_THAT(page.body, HasSubstr("After 911, call us:"));
}

TEST_F(LeakByForm, ALeakHasAPhoneThatTheSiteKnowsUnlessAnotherWasTyped)
{
    site.database->write([&](db::Transaction& tx) {
        tx.apply("UPDATE service_account SET phone_number = '(518) 555-0101'");
        tx.apply("UPDATE auth_user SET phone = ''");
    });
    const auto elsewhere = [&] {
        return mei.post("/service/create/", {{"request_type", "gas-leak"}, {"account", "other"},
                                                {"address", std::to_string(++houses) + " Lake Drive"}});
    };
    EXPECT_THAT(mei.get(elsewhere().location()).body, HasSubstr("(518) 555-0101</dd>")) << "of her account";
    site.database->write([&](db::Transaction& tx) { tx.apply("UPDATE auth_user SET phone = '(518) 555-0999'"); });
    EXPECT_THAT(mei.get(elsewhere().location()).body, HasSubstr("(518) 555-0999</dd>")) << "her own";
    site.database->write([&](db::Transaction& tx) { tx.apply("UPDATE auth_user SET phone = ''"); });
    const auto sent = mei.post("/service/create/", {{"request_type", "gas-leak"}, {"description", "It smells"}});
    EXPECT_THAT(mei.get(sent.location()).body, HasSubstr("(518) 555-0101</dd>"));
    const auto other = mei.post(
        "/service/create/", {{"request_type", "gas-leak"}, {"description", "Again"}, {"phone", "518 555 0177"}});
    EXPECT_THAT(mei.get(other.location()).body, HasSubstr("(518) 555-0177</dd>"));
}

TEST_F(LeakByForm, ALeakIsNeverHeldUpByAQuestionOrItsPhone)
{
    Client::Fields form = {{"request_type", "gas-leak"}, {"description", "It smells in the garage"},
        {"unable_to_leave", "no"}, {"phone", "12"}};
    EXPECT_EQ(mei.post("/service/create/", form).status, 303);
    form[2].second = "yes";
    const auto second = mei.post("/service/create/", form);
    EXPECT_EQ(second.status, 303) << "the same words with another answer";
    EXPECT_THAT(mei.get(second.location()).body, HasSubstr("Call 911 now"));
    form[3].second = std::string(300, '5');
    EXPECT_EQ(mei.post("/service/create/", form).status, 303);
    EXPECT_EQ(site.database.number("SELECT COUNT(*) FROM service_servicerequest WHERE contact_phone = '12'"), 2);
    EXPECT_EQ(
        site.database.number("SELECT COUNT(*) FROM service_servicerequest WHERE description LIKE '%Phone: 555%'"), 1);
}

TEST_F(LeakByForm, IsRefusedForNoText)
{
    const auto send = [&](const std::string& description, const std::string& address) {
        return mei.post("/service/create/",
            {{"request_type", "gas-leak"}, {"description", description}, {"account", "other"}, {"address", address}});
    };
    EXPECT_EQ(send("", "9 Mill Lane").status, 303) << "without a word";
    EXPECT_EQ(send(std::string(5'001, 'x'), "9 Mill Lane").status, 303);
    const std::string far = std::string(150, 'a') + " " + std::string(150, 'b');
    const auto sent = send("It hisses", far);
    EXPECT_EQ(sent.status, 303);
    EXPECT_THAT(mei.get(sent.location()).body, AllOf(HasSubstr("It hisses"), HasSubstr("Address: " + far)));
    EXPECT_EQ(count(), 3);
}

TEST_F(LeakByForm, ListsSayToCall911WhileSomebodyCannotGetOut)
{
    auto trapped = leak("first");
    trapped.emplace_back("unable_to_leave", "yes");
    mei.post("/service/create/", trapped);
    for (const char* path : {"/", "/service/"})
        EXPECT_THAT(
            mei.get(path).body, AllOf(HasSubstr("Someone can’t get out:"), HasSubstr("href=\"tel:911\">Call 911."),
                                    HasSubstr("Then us:"), Not(HasSubstr("Open. We send a crew"))))
            << path;
    site.database->write([](db::Transaction& tx) {
        tx.apply("UPDATE service_servicerequest SET status = 'Resolved', resolved_at = submitted_at");
    });
    for (const char* path : {"/", "/service/"})
        EXPECT_THAT(mei.get(path).body, Not(HasSubstr("Someone can’t get out"))) << path;
}

TEST_F(LeakByForm, WhoReportedByPhoneIsNotToldToCall)
{
    mei.post("/service/create/", leak("first"));
    site.database->write([](db::Transaction& tx) { tx.apply("UPDATE service_servicerequest SET channel = 'phone'"); });
    for (const char* path : {"/", "/service/", "/service/1/", "/service/1/received/"})
        EXPECT_THAT(mei.get(path).body,
            AllOf(HasSubstr("We have your call. Call again if the smell spreads:"), Not(HasSubstr("Have you called?")),
                Not(HasSubstr("We send a crew when")), Not(HasSubstr("You call from outside"))))
            << path;
    Client(site).sign_in_as(site.cast.ravi).post("/admin/requests/1/take/", {});
    EXPECT_THAT(mei.get("/service/1/").body, AllOf(HasSubstr("We have your call. One of our staff has it (since"),
                                                 Not(HasSubstr("If you have not called"))));
}

TEST_F(LeakByForm, AClosedOneSaysFirstNotToGoInAndWhomToCall)
{
    const auto sent = mei.post("/service/create/", leak("first"));
    EXPECT_THAT(mei.get("/service/1/").body, Not(HasSubstr("Closed. Go in")));
    site.database->write([](db::Transaction& tx) {
        tx.apply("UPDATE service_servicerequest SET status = 'Resolved', resolved_at = submitted_at");
    });
    const std::string page = mei.get("/service/1/").body;
    EXPECT_THAT(page, HasSubstr("Closed. Go in only if the crew told you it is safe."));
    EXPECT_LT(page.find("Still smell gas? Go outside first. Then call"), page.find("Still not fixed?"));
    EXPECT_THAT(mei.get(sent.location()).body, HasSubstr("This report is closed</h1>"));
}

TEST_F(LeakByForm, ACommentOnAnOpenOneThatCannotBeSentSaysWhomToCall)
{
    mei.post("/service/create/", leak("first"));
    EXPECT_THAT(mei.get("/service/1/").body,
        AllOf(HasSubstr("<template data-leak-not-sent>"), HasSubstr("Not sent. Call us now:"),
            Not(HasSubstr("Say that someone can’t get out"))));
    site.database->write(
        [](db::Transaction& tx) { tx.apply("UPDATE service_leak_report SET unable_to_leave = 'yes'"); });
    EXPECT_THAT(mei.get("/service/1/").body, HasSubstr("Say that someone can’t get out"));
    const auto other = site.submit(site.cast.mei, "Boiler");
    EXPECT_THAT(mei.get("/service/" + std::to_string(other.value) + "/").body, Not(HasSubstr("data-leak-not-sent")));
}

} // namespace
