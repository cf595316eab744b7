// Mail as its readers chose: what, and when.

#include "actions/change_status.hpp"
#include "actions/emergencies/take_emergency.hpp"
#include "actions/emergencies/take_over_emergency.hpp"
#include "actions/mail/choose_notifications.hpp"
#include "actions/write_comment.hpp"
#include "jobs/mailer.hpp"
#include "pages/shared/urls.hpp"
#include "support/test_site.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace {

using namespace std::chrono_literals;
using notifications::Occasion;
using notifications::Pace;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::IsSupersetOf;
using testing::Not;

class KeepingSender final : public mail::Sender
{
  public:
    mail::Delivery send(const mail::Envelope&, const std::string& message, const mail::GoesOn&) override
    {
        sent.push_back(message);
        return {outcome, "mail.example:25", "250 Ok"};
    }
    std::vector<std::string> sent;
    mail::Outcome outcome = mail::Outcome::Accepted;
};

/// The clock begins at 4:31 PM, the site's zone is New York.
class ChosenMail : public testing::Test
{
  protected:
    ChosenMail()
    {
        settings.route = mail::Route::Smtp;
        settings.from = "service@gas.example";
        settings.site_url = "https://gas.example";
        site.database->write([&](db::Transaction& tx) { actions::switch_mail(tx, true, site.clock.now()); });
        id = site.submit(site.cast.mei, "No heat");
        send_due();
        sender.sent.clear();
    }
    void send_due()
    {
        mailer.send_due(sender, [] { return true; });
    }
    /// The subjects of what was sent since the last time.
    std::vector<std::string> sent()
    {
        send_due();
        std::vector<std::string> subjects;
        for (const std::string& message : sender.sent)
            subjects.push_back(message.substr(
                message.find("Subject: ") + 9, message.find("\r\nDate:") - message.find("Subject: ") - 9));
        last = sender.sent.empty() ? "" : sender.sent.back();
        sender.sent.clear();
        return subjects;
    }
    template <typename Change>
    void choose(const base::Visitor& who, const Change& change)
    {
        auto choices = notifications::find_choices(*site.database->read(), who.user_id, who.role);
        change(choices);
        EXPECT_TRUE(site.database->write(
            [&](db::Transaction& tx) { return actions::choose_notifications(tx, site.act(who), choices); }));
    }
    void choose_daily()
    {
        choose(site.cast.mei, [](auto& choices) { choices.plan.pace = Pace::Daily; });
    }
    CommentId write(const base::Visitor& by, ServiceRequestId on, std::string text)
    {
        return site.database->write([&](db::Transaction& tx) {
            return actions::write_comment(tx, site.act(by), {.service_request = on, .text = std::move(text)});
        });
    }
    void reply(std::string text) { write(site.cast.ravi, id, std::move(text)); }
    void resolve(std::int64_t version)
    {
        site.database->write([&](db::Transaction& tx) {
            actions::change_status(tx, site.act(site.cast.ravi),
                {.service_request = id, .status = service_requests::Status::Resolved, .version = version});
        });
    }
    void switch_off(std::string occasion)
    {
        site.database->write([&](db::Transaction& tx) {
            actions::switch_off_mail(
                tx, {.user = site.cast.mei.user_id, .occasion = std::move(occasion)}, site.clock.now());
        });
    }
    std::int64_t rows() { return site.database.number("SELECT count(*) FROM service_mail WHERE state = 'waiting'"); }

    support::TestSite site;
    mail::MailSettings settings;
    KeepingSender sender;
    jobs::Mailer mailer{site.site(), settings};
    ServiceRequestId id;
    std::string last;
};

TEST_F(ChosenMail, WhatMeiSwitchedOffIsNotQueued)
{
    choose(site.cast.mei, [](auto& choices) { choices.occasions[1].mail = false; });
    reply("We come at 4 PM.");
    EXPECT_EQ(rows(), 0);
    resolve(1);
    EXPECT_THAT(sent(), ElementsAre("Your request SR-00001 is resolved"));
    choose(site.cast.mei, [](auto& choices) { choices.plan.pace = Pace::Never; });
    site.submit(site.cast.mei, "Boiler");
    EXPECT_EQ(rows(), 0);
    const auto omars = site.submit(site.cast.omar, "Meter");
    write(site.cast.ravi, omars, "Hello");
    EXPECT_EQ(sent().size(), 2U) << "Omar chose nothing";
}

TEST_F(ChosenMail, AGasLeakIsMailedAtOnceWhateverMeiChose)
{
    choose(site.cast.mei, [](auto& choices) {
        choices.plan.pace = Pace::Never;
        choices.plan.quiet = notifications::QuietTime{.from = 0h, .until = 23h + 59min};
        for (auto& choice : choices.occasions)
            choice.mail = false;
    });
    const auto leak = site.submit(site.cast.mei, "It hisses", "gas-leak");
    EXPECT_THAT(sent(), ElementsAre("We have your report of a gas leak, SR-00002"));
    EXPECT_THAT(last, AllOf(Not(HasSubstr("List-Unsubscribe")), Not(HasSubstr("/account/notifications/"))));
    write(site.cast.ravi, leak, "Go outside.");
    EXPECT_THAT(sent(), ElementsAre("New message about your gas leak report SR-00002"));
    EXPECT_THAT(last, Not(HasSubstr("List-Unsubscribe")));
}

TEST_F(ChosenMail, OnceADayEverythingIsInOneMailAndNothingIsNone)
{
    choose_daily();
    reply("We come at 4 PM.");
    EXPECT_THAT(sent(), IsEmpty());
    site.clock.advance(2h);
    resolve(1);
    EXPECT_THAT(sent(), IsEmpty());
    site.clock.advance(13h);
    EXPECT_THAT(sent(), IsEmpty()) << "7:31 AM";
    site.clock.advance(29min);
    EXPECT_THAT(sent(), ElementsAre("2 messages for you today"));
    EXPECT_THAT(last, AllOf(HasSubstr("New reply to your request SR-00001"), HasSubstr("We come at 4 PM."),
                          HasSubstr("Your request SR-00001 is resolved"), HasSubstr("https://gas.example/service/1/"),
                          HasSubstr("Date: Tue, 17 Nov 2026 13:00:00 +0000")));
    EXPECT_EQ(rows(), 0) << "what it told is sent, too";
    site.clock.advance(24h);
    EXPECT_THAT(sent(), IsEmpty()) << "nothing happened";
    write(site.cast.ravi, id, "Is it warm now?");
    EXPECT_THAT(sent(), IsEmpty());
    site.clock.advance(24h);
    EXPECT_THAT(sent(), ElementsAre("1 message for you today"));
}

TEST_F(ChosenMail, ADailyMailThatIsRefusedForNowLosesNothing)
{
    choose_daily();
    reply("We come at 4 PM.");
    EXPECT_THAT(sent(), IsEmpty());
    site.clock.advance(15h + 29min);
    sender.outcome = mail::Outcome::Later;
    EXPECT_EQ(sent().size(), 1U);
    reply("At 5 PM.");
    sender.outcome = mail::Outcome::Accepted;
    site.clock.advance(1min);
    EXPECT_THAT(sent(), ElementsAre("1 message for you today"));
    EXPECT_THAT(last, Not(HasSubstr("At 5 PM.")));
    site.clock.advance(24h);
    EXPECT_THAT(sent(), ElementsAre("1 message for you today"));
    EXPECT_THAT(last, HasSubstr("At 5 PM."));
}

TEST_F(ChosenMail, WhatWaitsFollowsANewChoice)
{
    choose_daily();
    reply("We come at 4 PM.");
    resolve(1);
    EXPECT_THAT(sent(), IsEmpty());
    choose(site.cast.mei, [](auto& choices) { choices.occasions[2].mail = false; });
    EXPECT_THAT(sent(), IsEmpty()) << "still once a day";
    choose(site.cast.mei, [](auto& choices) { choices.plan.pace = Pace::AtOnce; });
    EXPECT_THAT(sent(), ElementsAre("New reply to your request SR-00001"));
    site.clock.advance(48h);
    EXPECT_THAT(sent(), IsEmpty());
}

TEST_F(ChosenMail, OrdinaryMailWaitsForTheEndOfQuietTimeInTheReadersZone)
{
    choose(site.cast.mei, [](auto& choices) {
        choices.plan.quiet = notifications::QuietTime{.from = 14h, .until = 7h};
        choices.plan.time_zone = "America/Denver";
    });
    reply("We come at 4 PM.");
    EXPECT_THAT(sent(), IsEmpty()) << "it is 2:31 PM in Denver";
    site.clock.advance(16h + 28min);
    EXPECT_THAT(sent(), IsEmpty()) << "6:59 AM there";
    site.clock.advance(1min);
    EXPECT_THAT(sent(), ElementsAre("New reply to your request SR-00001"));
    EXPECT_THAT(last, HasSubstr("Date: Tue, 17 Nov 2026 14:00:00 +0000"));
}

TEST_F(ChosenMail, SecurityIsMailedInQuietTimeToo)
{
    choose(
        site.cast.mei, [](auto& choices) { choices.plan.quiet = notifications::QuietTime{.from = 16h, .until = 18h}; });
    reply("We come at 4 PM.");
    site.database->write([&](db::Transaction& tx) {
        outbox::add_mail(
            tx, {.kind = outbox::Kind::PasswordChanged, .to_user = site.cast.mei.user_id}, site.clock.now());
    });
    EXPECT_THAT(sent(), ElementsAre("Your password was changed"));
    EXPECT_THAT(last, Not(HasSubstr("List-Unsubscribe")));
    site.clock.advance(1h + 28min);
    EXPECT_THAT(sent(), IsEmpty());
    site.clock.advance(1min);
    EXPECT_THAT(sent(), ElementsAre("New reply to your request SR-00001"));
}

TEST_F(ChosenMail, OrdinaryMailIsSwitchedOffWithOneClick)
{
    reply("We come at 4 PM.");
    sent();
    const std::string token =
        notifications::switch_off_token(site.site().form_key, {.user = site.cast.mei.user_id, .occasion = "replied"});
    EXPECT_THAT(last, AllOf(HasSubstr("\r\nList-Unsubscribe: <https://gas.example" + urls::switch_off(token) +
                                      ">\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"),
                          HasSubstr("https://gas.example/account/notifications/")));
    reply("At 5 PM.");
    switch_off("replied");
    EXPECT_THAT(sent(), IsEmpty()) << "also what waits already";
    resolve(1);
    EXPECT_THAT(sent(), ElementsAre("Your request SR-00001 is resolved")) << "only of that occasion";
}

TEST_F(ChosenMail, TheDailyMailIsSwitchedOffAsAWhole)
{
    choose_daily();
    reply("We come at 4 PM.");
    sent();
    switch_off("digest");
    site.clock.advance(24h);
    EXPECT_THAT(sent(), IsEmpty());
    EXPECT_EQ(rows(), 0);
}

TEST_F(ChosenMail, WhatIsOnItsWayIsNotTakenBack)
{
    choose_daily();
    reply("We come at 4 PM.");
    sent();
    site.clock.advance(16h);
    const base::Time now = site.clock.now();
    const auto claimed = site.database->write([&](db::Transaction& tx) { return actions::claim_mail(tx, 20, now); });
    ASSERT_EQ(claimed.size(), 1U);
    choose(site.cast.mei, [](auto& choices) { choices.plan.pace = Pace::AtOnce; });
    EXPECT_THAT(sent(), IsEmpty()) << "the daily mail that is being sent tells it";
    site.database->write([&](db::Transaction& tx) {
        actions::note_mail(tx, claimed[0], {actions::MailResult::Accepted, {"mail.example", "250 Ok"}}, now);
    });
    EXPECT_EQ(rows(), 0);
}

TEST_F(ChosenMail, ACustomersWordsAreMailedToThoseOfTheStaffWhoAsked)
{
    reply("We come at 4 PM.");
    write(site.cast.mei, id, "Not today, please.");
    sent();
    choose(site.cast.ravi, [](auto& choices) { choices.occasions[0].mail = true; });
    choose(site.cast.sofia, [](auto& choices) { choices.occasions[0].mail = true; });
    write(site.cast.mei, id, "Tomorrow is better.");
    EXPECT_THAT(sent(), ElementsAre("A customer wrote on SR-00001")) << "Sofia takes no part";
    EXPECT_THAT(last, AllOf(HasSubstr("To: ravi@example.com"), HasSubstr("Tomorrow is better."),
                          HasSubstr("https://gas.example/admin/requests/1/"), HasSubstr("List-Unsubscribe: <")));
    resolve(1);
    sent();
    write(site.cast.mei, id, "It is cold again.");
    EXPECT_THAT(sent(), ElementsAre("A customer wrote on SR-00001")) << "a reply that opens it again";
    site.database->write([&](db::Transaction& tx) {
        tx.apply("UPDATE auth_user SET role = 'customer' WHERE id = $1", site.cast.ravi.user_id);
    });
    write(site.cast.mei, id, "Hello?");
    EXPECT_THAT(sent(), IsEmpty()) << "he left the staff";
}

TEST_F(ChosenMail, WhatAColleagueDoesWithTheirEmergencyIsMailedToThoseWhoAsked)
{
    const auto leak = site.submit(site.cast.mei, "It hisses", "gas-leak");
    site.database->write(
        [&](db::Transaction& tx) { actions::take_emergency(tx, site.act(site.cast.ravi), {.id = leak}); });
    const auto take_over = [&](const base::Visitor& by, const base::Visitor& from) {
        site.clock.advance(1min);
        site.database->write(
            [&](db::Transaction& tx) { actions::take_over_emergency(tx, site.act(by), {.id = leak}, from.user_id); });
    };
    sent();
    take_over(site.cast.sofia, site.cast.ravi);
    EXPECT_THAT(sent(), IsEmpty()) << "nobody asked for it";
    choose(site.cast.ravi, [](auto& choices) { choices.occasions[1].mail = true; });
    take_over(site.cast.ravi, site.cast.sofia);
    EXPECT_THAT(sent(), IsEmpty()) << "Sofia did not ask for it";
    take_over(site.cast.sofia, site.cast.ravi);
    EXPECT_THAT(sent(), ElementsAre("Sofia Marchetti took over SR-00002"));
    EXPECT_THAT(last, AllOf(HasSubstr("To: ravi@example.com"), HasSubstr("https://gas.example/admin/requests/2/")));
    take_over(site.cast.ravi, site.cast.sofia);
    site.database->write([&](db::Transaction& tx) {
        actions::change_status(tx, site.act(site.cast.sofia),
            {.service_request = leak,
                .status = service_requests::Status::Resolved,
                .version = 1,
                .end = actions::EmergencyEnd{.finding = actions::Finding::FalseAlarm, .reason = "Paint"}});
    });
    EXPECT_THAT(sent(), IsSupersetOf({"Sofia Marchetti resolved SR-00002, which you had, as a false alarm"}));
}

TEST_F(ChosenMail, TheReceiptPromisesNoMailThatIsSwitchedOff)
{
    site.submit(site.cast.mei, "Boiler");
    sent();
    EXPECT_THAT(last, HasSubstr("We will email you when we answer."));
    switch_off("replied");
    site.submit(site.cast.mei, "Stove");
    sent();
    EXPECT_THAT(last, Not(HasSubstr("We will email you")));
}

} // namespace
