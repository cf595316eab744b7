#include "jobs/mailer.hpp"

#include "mail/directory_sender.hpp"
#include "support/test_site.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <deque>
#include <fstream>

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
        mail::Delivery answer{mail::Outcome::Accepted, "mail.example:25", "250 Ok"};
        if (!answers.empty()) {
            answer = answers.front();
            answers.pop_front();
        }
        return answer;
    }

    std::vector<std::pair<std::string, std::string>> sent;
    std::deque<mail::Delivery> answers;
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
