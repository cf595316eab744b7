#include "jobs/mailer.hpp"

#include "actions/change_status.hpp"
#include "actions/write_comment.hpp"
#include "jobs/compose_mail.hpp"
#include "leaks/leak_report.hpp"
#include "mail/directory_sender.hpp"
#include "support/test_site.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <deque>
#include <fstream>
#include <functional>

namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

/// Keeps what it gets and answers as it was told to, at last "250".
class FakeSender final : public mail::Sender
{
  public:
    mail::Delivery send(const mail::Envelope& envelope, const std::string& message, const mail::GoesOn&) override
    {
        sent.emplace_back(envelope.to, message);
        if (on_first && sent.size() == 1)
            on_first();
        mail::Delivery answer{mail::Outcome::Accepted, "mail.example:25", "250 Ok"};
        if (!answers.empty()) {
            answer = answers.front();
            answers.pop_front();
        }
        return answer;
    }

    std::vector<std::pair<std::string, std::string>> sent;
    std::deque<mail::Delivery> answers;
    std::function<void()> on_first;
};

class MailerTest : public testing::Test
{
  protected:
    MailerTest()
    {
        settings.route = mail::Route::Smtp;
        settings.from = "service@gas.example";
        settings.site_url = "https://gas.example";
        site.database->write([&](db::Transaction& tx) { actions::switch_mail(tx, true, site.clock.now()); });
    }
    jobs::Mailer::Sent send_due()
    {
        return jobs::Mailer(site.site(), settings).send_due(sender, [] { return true; });
    }
    /// "accepted 1: mail.example:25 250 Ok" for each mail.
    std::vector<std::string> mails()
    {
        return db::map_rows(
            site.database->read()->query("SELECT state, attempts, server, answer FROM service_mail ORDER BY id"),
            [](const db::Row& row) {
                return row.string(0) + " " + std::to_string(row.integer(1)) + ": " + row.string(2) + " " +
                       row.string(3);
            });
    }

    /// The words of the newest mail that waits.
    mail::Message newest()
    {
        const auto claimed =
            site.database->write([&](db::Transaction& tx) { return actions::claim_mail(tx, 10, site.clock.now()); });
        const auto last = std::ranges::max_element(claimed, {}, &outbox::Claimed::id);
        return jobs::compose_mail(*site.database->read(), site.site(), settings, *last);
    }
    void resolve(ServiceRequestId id)
    {
        site.database->write([&](db::Transaction& tx) {
            actions::change_status(tx, site.act(site.cast.ravi),
                {.service_request = id,
                    .status = service_requests::Status::Resolved,
                    .version = 1,
                    .end =
                        actions::EmergencyEnd{.finding = actions::Finding::MadeSafe, .reason = "The crew was there"}});
        });
    }

    support::TestSite site;
    mail::MailSettings settings;
    FakeSender sender;
};

TEST_F(MailerTest, MeiIsMailedThatHerRequestArrived)
{
    site.submit(site.cast.mei, "The stove does not light. It clicks.");
    const auto sent = send_due();

    EXPECT_EQ(sent.accepted, 1U);
    ASSERT_EQ(sender.sent.size(), 1U);
    EXPECT_EQ(sender.sent[0].first, "mei@example.com");
    EXPECT_THAT(sender.sent[0].second,
        AllOf(HasSubstr("Subject: We received your request SR-00001\r\n"), HasSubstr("The stove does not light."),
            HasSubstr("https://gas.example/service/1/"), HasSubstr("Hello Mei Chen,"), Not(HasSubstr("12 Elm"))));
    EXPECT_THAT(mails(), ElementsAre("accepted 1: mail.example:25 250 Ok"));

    send_due();
    EXPECT_EQ(sender.sent.size(), 1U);
}

TEST_F(MailerTest, MeiIsMailedWhatRaviReplies)
{
    const auto id = site.submit(site.cast.mei, "No heat");
    site.database->write([&](db::Transaction& tx) {
        actions::write_comment(tx, site.act(site.cast.ravi),
            {.service_request = id, .text = "She was rude on the phone.", .visibility = base::Visibility::Internal});
        actions::write_comment(
            tx, site.act(site.cast.ravi), {.service_request = id, .text = "We come at 4 PM.\n\n- Ravi"});
        actions::write_comment(tx, site.act(site.cast.mei), {.service_request = id, .text = "Thank you."});
    });
    send_due();

    ASSERT_EQ(sender.sent.size(), 2U);
    EXPECT_THAT(sender.sent[1].second,
        AllOf(HasSubstr("Subject: New reply to your request SR-00001\r\n"),
            HasSubstr("References: <request-1@gas.example>"),
            HasSubstr("Ravi Patel wrote:\r\n\r\nWe come at 4 PM.\r\n\r\n- Ravi\r\n"), Not(HasSubstr("rude"))));
}

TEST_F(MailerTest, AReplyThatResolvesIsOneMail)
{
    const auto id = site.submit(site.cast.mei, "No heat");
    const auto change = [&](service_requests::Status status, std::int64_t version,
                            std::vector<actions::WriteComment> comments) {
        site.database->write([&](db::Transaction& tx) {
            actions::change_status(tx, site.act(site.cast.ravi),
                {.service_request = id, .status = status, .version = version, .comments = comments});
        });
    };
    change(service_requests::Status::Resolved, 1, {{.service_request = id, .text = "The valve is new."}});
    change(service_requests::Status::Pending, 2, {});
    change(service_requests::Status::Resolved, 3,
        {{.service_request = id, .text = "A note.", .visibility = base::Visibility::Internal}});
    send_due();

    std::vector<std::string> subjects;
    for (const auto& [to, message] : sender.sent)
        subjects.push_back(
            message.substr(message.find("Subject: ") + 9, message.find("\r\nDate:") - message.find("Subject: ") - 9));
    EXPECT_THAT(subjects, ElementsAre("We received your request SR-00001", "Your request SR-00001 is resolved",
                              "Your request SR-00001 is open again", "Your request SR-00001 is resolved"));
    EXPECT_THAT(sender.sent[1].second, HasSubstr("The valve is new."));
    EXPECT_THAT(sender.sent[3].second, AllOf(Not(HasSubstr("A note.")), Not(HasSubstr("wrote:"))));
}

TEST_F(MailerTest, MeiIsNotMailedWhatSheDoesHerself)
{
    const auto id = site.submit(site.cast.mei, "No heat");
    site.database->write([&](db::Transaction& tx) {
        actions::change_status(tx, site.act(site.cast.ravi),
            {.service_request = id, .status = service_requests::Status::Resolved, .version = 1});
        actions::change_status(tx, site.act(site.cast.mei),
            {.service_request = id, .status = service_requests::Status::Pending, .version = 2});
    });

    EXPECT_EQ(send_due().accepted, 2U);
}

TEST_F(MailerTest, ALeakReportOfMeiIsConfirmedWithoutHerAddressInTheSubject)
{
    site.submit(site.cast.mei, "It hisses", "gas-leak");
    send_due();

    ASSERT_EQ(sender.sent.size(), 1U);
    EXPECT_THAT(sender.sent[0].second, AllOf(HasSubstr("Subject: We have your report of a gas leak, SR-00001\r\n"),
                                           HasSubstr("1-800-555-0199"), Not(HasSubstr("Elm"))));
}

TEST_F(MailerTest, WhoCantGetOutIsTold911FirstWhileTheLeakIsOpen)
{
    const auto leak = site.submit(site.cast.mei, "It hisses", "gas-leak");
    site.database->write(
        [&](db::Transaction& tx) { leaks::add_leak_report(tx, leak, {.unable_to_leave = "yes"}, site.clock.now()); });
    send_due();
    ASSERT_EQ(sender.sent.size(), 1U);
    const std::string& mail = sender.sent[0].second;
    EXPECT_THAT(mail, HasSubstr("Call 911 now and say so."));
    EXPECT_LT(mail.find("Call 911 now"), mail.find("We have your report of a gas leak, SR-00001."));

    resolve(leak);
    send_due();
    ASSERT_EQ(sender.sent.size(), 2U);
    EXPECT_THAT(sender.sent[1].second, Not(HasSubstr("911")));
}

TEST_F(MailerTest, AClosedLeakSaysToCallAgainFromOutsideAndNotToWrite)
{
    resolve(site.submit(site.cast.mei, "It hisses", "gas-leak"));
    const mail::Message mail = newest();

    EXPECT_EQ(mail.subject, "Your gas leak report SR-00001 is closed");
    for (const std::string& words : {mail.text, mail.html})
        EXPECT_THAT(
            words, AllOf(HasSubstr("Go in only if the crew told you that it is safe."),
                       HasSubstr("Do you still smell gas? Go outside, and call again from there:"),
                       Not(HasSubstr("open it again")), Not(HasSubstr("resolved")), Not(HasSubstr("answer here"))));
    EXPECT_LT(mail.text.find("1-800-555-0199"), mail.text.find("https://")) << "the phone comes before any link";
    EXPECT_THAT(mail.html, HasSubstr("<a href=\"tel:+18005550199\">1-800-555-0199</a>"));
}

TEST_F(MailerTest, AMessageAboutALeakIsAnsweredByPhone)
{
    const auto id = site.submit(site.cast.mei, "It hisses", "gas-leak");
    site.database->write([&](db::Transaction& tx) {
        actions::write_comment(tx, site.act(site.cast.ravi), {.service_request = id, .text = "The crew comes."});
    });
    const mail::Message mail = newest();

    EXPECT_EQ(mail.subject, "New message about your gas leak report SR-00001");
    EXPECT_THAT(mail.text, AllOf(HasSubstr("To answer, call 1-800-555-0199 and say SR 1."),
                               HasSubstr("The crew comes."), Not(HasSubstr("You can answer here"))));
    EXPECT_THAT(mail.html, AllOf(HasSubstr("To answer, call <a href=\"tel:"), Not(HasSubstr("You can answer here"))));
    resolve(id);
    site.database->write([&](db::Transaction& tx) {
        actions::change_status(tx, site.act(site.cast.ravi),
            {.service_request = id, .status = service_requests::Status::Pending, .version = 2});
    });
    EXPECT_THAT(newest().text, AllOf(HasSubstr("Your gas leak report SR-00001 is open again:"),
                                   HasSubstr("Your message does not send a crew.")));
}

TEST_F(MailerTest, ALeakWithoutWordsIsNamedInItsReadersLanguage)
{
    site.database->write([&](db::Transaction& tx) {
        tx.apply("UPDATE auth_user SET language = 'es' WHERE id = $1", site.cast.mei.user_id);
    });
    resolve(site.submit(site.cast.mei, "", "gas-leak"));

    const mail::Message mail = newest();
    for (const std::string& words : {mail.text, mail.html})
        EXPECT_THAT(words, AllOf(HasSubstr("Fuga de gas"), Not(HasSubstr("Gas Leak")),
                               HasSubstr("Entre solo si la cuadrilla le dijo que puede hacerlo."),
                               HasSubstr("Salga y llame otra vez desde afuera")));
}

TEST_F(MailerTest, LinksOfTheOwnSignInSayForHowLongTheyWorkAndWhatElseHelps)
{
    const auto say = [&](outbox::Kind kind) {
        site.clock.advance(std::chrono::seconds(1));
        site.database->write([&](db::Transaction& tx) {
            outbox::add_mail(
                tx, {.kind = kind, .to_user = site.cast.mei.user_id, .secret = "/secret/"}, site.clock.now());
        });
        return newest();
    };
    EXPECT_THAT(say(outbox::Kind::ConfirmEmail).text, HasSubstr("works once, within 48 hours."));
    EXPECT_THAT(say(outbox::Kind::PasswordReset).html, HasSubstr("works once, within 1 hour."));
    EXPECT_THAT(say(outbox::Kind::EmailTaken).text, HasSubstr("https://gas.example/accounts/password/reset/"));
    EXPECT_THAT(say(outbox::Kind::EmailTaken).html, HasSubstr("href=\"https://gas.example/accounts/password/reset/\""));
    EXPECT_THAT(say(outbox::Kind::PasswordChanged).html,
        AllOf(HasSubstr("Call us right away: <a href=\"tel:+18005550142\">"),
            HasSubstr("call <a href=\"tel:+18005550199\">1-800-555-0199</a>.")));
}

TEST_F(MailerTest, AClosedProfileIsToldToTheAddressThatItHad)
{
    site.database->write([&](db::Transaction& tx) {
        outbox::add_mail(tx,
            {.kind = outbox::Kind::ProfileClosed, .to_address = "was@example.com", .language = "es", .cause = "closed"},
            site.clock.now());
    });
    const mail::Message mail = newest();
    EXPECT_EQ(mail.to, "was@example.com");
    for (const std::string& words : {mail.text, mail.html})
        EXPECT_THAT(words, AllOf(HasSubstr("se cerró ("), HasSubstr("también su nombre y su teléfono"),
                               HasSubstr("¿No fue usted? Llámenos de inmediato")));
}

TEST_F(MailerTest, SaysNothingOfARequestThatIsNotItsReadersAnyMore)
{
    const auto id = site.submit(site.cast.mei, "No heat");
    site.database->write([&](db::Transaction& tx) {
        tx.apply("UPDATE service_servicerequest SET user_id = $1 WHERE id = $2", site.cast.omar.user_id, id);
    });
    send_due();

    EXPECT_THAT(sender.sent, IsEmpty());
    EXPECT_THAT(mails(), ElementsAre(testing::StartsWith("given_up 1:  not sent: ")));
}

TEST_F(MailerTest, EachKindHasWordsInBothFormsAndEveryLanguage)
{
    const auto id = site.submit(site.cast.mei, "No heat");
    send_due();
    sender.sent.clear();
    site.database->write([&](db::Transaction& tx) {
        for (int number = 0; number <= static_cast<int>(outbox::Kind::ProfileClosed); ++number)
            outbox::add_mail(tx,
                {.kind = static_cast<outbox::Kind>(number),
                    .to_user = site.cast.mei.user_id,
                    .language = "en-XA",
                    .secret = number >= static_cast<int>(outbox::Kind::ConfirmEmail) ? "/secret-path/" : "",
                    .cause = std::to_string(number)},
                site.clock.now());
        // A daily mail tells another one.
        outbox::add_mail(tx,
            {.kind = outbox::Kind::Replied, .to_user = site.cast.mei.user_id, .service_request = id, .cause = "told"},
            site.clock.now());
        tx.apply(
            "UPDATE service_mail SET digest_id = (SELECT id FROM service_mail WHERE kind = 'digest') WHERE cause = "
            "'told'");
    });
    send_due();

    ASSERT_EQ(sender.sent.size(), static_cast<std::size_t>(outbox::Kind::ProfileClosed) + 1);
    for (const auto& [to, message] : sender.sent)
        EXPECT_THAT(message, AllOf(HasSubstr("Subject: =?UTF-8?B?4p+m"), HasSubstr("Content-Language: en-XA"),
                                 HasSubstr("<html lang=3D\"en-XA\">")));
    const auto with_secret = std::ranges::count_if(sender.sent,
        [](const auto& one) { return one.second.find("https://gas.example/secret-path/") != std::string::npos; });
    EXPECT_EQ(with_secret, 2) << "confirm the email, choose a password";
}

TEST_F(MailerTest, AGuestAndSomebodyWithoutEmailGetNone)
{
    site.database->write([&](db::Transaction& tx) {
        static_cast<void>(tx.execute("UPDATE auth_user SET email = '' WHERE id = $1", site.cast.omar.user_id));
    });
    site.submit(site.cast.omar, "No heat");

    EXPECT_THAT(mails(), IsEmpty());
}

TEST_F(MailerTest, TriesLaterWhatIsRefusedForNowAndGivesUpAfterThreeDays)
{
    site.submit(site.cast.mei, "No heat");
    const mail::Delivery greylisted{mail::Outcome::Later, "mail.example:25", "451 Try again later"};
    std::size_t rounds = 0;
    for (; rounds < 20 && mails().front().starts_with("waiting"); ++rounds) {
        sender.answers = {greylisted};
        send_due();
        site.clock.advance(std::chrono::hours(12));
    }

    EXPECT_THAT(mails(), ElementsAre("given_up 7: mail.example:25 451 Try again later"));
    EXPECT_EQ(sender.sent.size(), rounds);
    EXPECT_EQ(sender.sent.front().second, sender.sent.back().second) << "the same message, with the same id";
}

TEST_F(MailerTest, GivesUpAtOnceWhatIsRefused)
{
    site.submit(site.cast.mei, "No heat");
    sender.answers = {{mail::Outcome::Never, "mail.example:25", "550 No such user"}};
    send_due();

    EXPECT_THAT(mails(), ElementsAre("given_up 1: mail.example:25 550 No such user"));
}

TEST_F(MailerTest, StopsWhileTheServerIsAwayAndBlamesNoMailForIt)
{
    site.submit(site.cast.mei, "No heat");
    site.submit(site.cast.omar, "No gas");
    sender.answers = {{mail::Outcome::Unreachable, "mail.example:25", "Connection refused"}};

    EXPECT_TRUE(send_due().is_stopped);
    EXPECT_EQ(sender.sent.size(), 1U);
    EXPECT_THAT(mails(), ElementsAre("waiting 0: mail.example:25 Connection refused", "waiting 0:  "));

    site.clock.advance(std::chrono::minutes(1));
    EXPECT_EQ(send_due().accepted, 2U);
}

TEST_F(MailerTest, SendsFirstWhatIsAboutSafetyAndSecurity)
{
    const auto subjects = [&] {
        std::vector<std::string> found;
        for (const auto& [to, message] : sender.sent) {
            const auto begin = message.find("Subject: ") + 9;
            found.push_back(message.substr(begin, message.find("\r\n", begin) - begin));
        }
        return found;
    };
    for (int i = 0; i < 3; ++i)
        site.submit(site.cast.mei, "No heat");
    site.clock.advance(std::chrono::minutes(1));
    site.submit(site.cast.mei, "It hisses", "gas-leak");
    sender.on_first = [&] {
        site.database->write([&](db::Transaction& tx) {
            outbox::add_mail(
                tx, {.kind = outbox::Kind::PasswordChanged, .to_user = site.cast.mei.user_id}, site.clock.now());
        });
    };
    send_due();

    EXPECT_THAT(subjects(), ElementsAre(HasSubstr("gas leak"), "Your password was changed", HasSubstr("SR-00001"),
                                HasSubstr("SR-00002"), HasSubstr("SR-00003")));
    EXPECT_THAT(mails(), testing::Each("accepted 1: mail.example:25 250 Ok"));
}

TEST_F(MailerTest, LetsWhatIsUrgentPassWhatIsClaimedAlready)
{
    for (int i = 0; i < 3; ++i)
        site.submit(site.cast.mei, "No heat");
    sender.on_first = [&] {
        site.database->write([&](db::Transaction& tx) {
            outbox::add_mail(
                tx, {.kind = outbox::Kind::PasswordChanged, .to_user = site.cast.mei.user_id}, site.clock.now());
        });
    };
    send_due();

    ASSERT_EQ(sender.sent.size(), 4U);
    EXPECT_THAT(sender.sent[0].second, HasSubstr("SR-00001"));
    EXPECT_THAT(sender.sent[1].second, HasSubstr("Subject: Your password was changed"));
    EXPECT_THAT(mails(), testing::Each("accepted 1: mail.example:25 250 Ok"));
}

TEST_F(MailerTest, SendsAgainWhatAKilledProcessHadClaimed)
{
    site.submit(site.cast.mei, "No heat");
    site.database->write(
        [&](db::Transaction& tx) { static_cast<void>(actions::claim_mail(tx, 10, site.clock.now())); });

    EXPECT_EQ(send_due().accepted, 0U);
    site.clock.advance(actions::claim_time);
    EXPECT_EQ(send_due().accepted, 1U);
}

TEST_F(MailerTest, SendsNoOldNewsWhenMailIsSwitchedOnLater)
{
    site.submit(site.cast.mei, "No heat");
    site.clock.advance(outbox::longest_tried + std::chrono::seconds(1));
    send_due();

    EXPECT_THAT(sender.sent, IsEmpty());
    EXPECT_THAT(mails(), ElementsAre("given_up 1:  not sent: it waited for too long"));
}

TEST_F(MailerTest, PutsMailIntoFilesWithoutAServer)
{
    site.submit(site.cast.mei, "No heat");
    const auto directory = site.database.directory() / "mail";
    mail::DirectorySender files(directory);
    jobs::Mailer(site.site(), settings).send_due(files, [] { return true; });

    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(directory))
        names.push_back(entry.path().extension().string());
    EXPECT_THAT(names, ElementsAre(".eml"));
    EXPECT_THAT(mails(), ElementsAre(HasSubstr("accepted 1: " + directory.string() + " mail-1-")));
}

} // namespace
