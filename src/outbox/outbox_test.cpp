#include "outbox/outbox.hpp"

#include "support/test_site.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class Outbox : public testing::Test
{
  protected:
    void set_switch(bool is_on)
    {
        site.database->write([&](db::Transaction& tx) { outbox::set_switch(tx, is_on); });
    }
    void add(const outbox::Mail& mail)
    {
        site.database->write([&](db::Transaction& tx) { outbox::add_mail(tx, mail, site.clock.now()); });
    }
    std::vector<outbox::Claimed> claim(std::size_t limit = 10)
    {
        const base::Time now = site.clock.now();
        return site.database->write(
            [&](db::Transaction& tx) { return outbox::add_claims(tx, limit, now, now + std::chrono::minutes(3)); });
    }
    /// The recipients of all that is claimed now.
    std::vector<std::string> claimed()
    {
        std::vector<std::string> found;
        for (const outbox::Claimed& one : claim())
            found.push_back(one.to_address);
        return found;
    }
    std::string secret_of(MailId id)
    {
        return site.database->read()
            ->query("SELECT secret FROM service_mail WHERE id = $1", id)
            .first([](const db::Row& row) { return row.string(0); })
            .value();
    }

    support::TestSite site;
};

TEST_F(Outbox, QueuesNothingWhileTheSiteSendsNoMail)
{
    add({.kind = outbox::Kind::PasswordChanged, .to_user = site.cast.mei.user_id});

    set_switch(true);
    EXPECT_THAT(claimed(), IsEmpty());
}

TEST_F(Outbox, WritesToTheEmailThatTheUserHasNow)
{
    set_switch(true);
    add({.kind = outbox::Kind::PasswordChanged, .to_user = site.cast.mei.user_id});
    add({.kind = outbox::Kind::ConfirmEmail, .to_address = "new@example.com", .to_user = site.cast.mei.user_id});

    EXPECT_THAT(claimed(), testing::UnorderedElementsAre("mei@example.com", "new@example.com"));
}

TEST_F(Outbox, WritesInTheLanguageThatTheUserChose)
{
    set_switch(true);
    site.database->write([&](db::Transaction& tx) {
        tx.apply("UPDATE auth_user SET language = 'es' WHERE id = $1", site.cast.mei.user_id);
    });
    const auto id = site.submit(site.cast.mei, "No heat");
    site.database->write([&](db::Transaction& tx) {
        outbox::add_mail_to_customer(tx, base::act_of(site.cast.ravi.user_id, site.clock.now()),
            {.kind = outbox::Kind::Resolved, .service_request = id});
    });
    add({.kind = outbox::Kind::PasswordChanged, .to_user = site.cast.omar.user_id});
    add({.kind = outbox::Kind::PasswordReset, .to_user = site.cast.mei.user_id, .language = "en"});

    std::vector<std::pair<outbox::Kind, std::string>> languages;
    for (const outbox::Claimed& one : claim())
        languages.emplace_back(one.kind.value(), one.language);
    EXPECT_THAT(languages, testing::UnorderedElementsAre(std::pair(outbox::Kind::RequestReceived, "es"),
                               std::pair(outbox::Kind::Resolved, "es"), std::pair(outbox::Kind::PasswordChanged, ""),
                               std::pair(outbox::Kind::PasswordReset, "en")));
}

TEST_F(Outbox, QueuesOneMailForEachCauseAndRecipient)
{
    set_switch(true);
    for (const char* cause : {"one", "one", "two"})
        add({.kind = outbox::Kind::NewDevice, .to_address = "mei@example.com", .cause = cause});
    add({.kind = outbox::Kind::NewDevice, .to_address = "omar@example.com", .cause = "one"});

    EXPECT_THAT(claimed(), testing::UnorderedElementsAre("mei@example.com", "mei@example.com", "omar@example.com"));
}

TEST_F(Outbox, LetsNobodyElseSendWhatIsClaimedUntilTheClaimEnds)
{
    set_switch(true);
    add({.kind = outbox::Kind::EmailTaken, .to_address = "mei@example.com"});

    EXPECT_THAT(claimed(), ElementsAre("mei@example.com"));
    EXPECT_THAT(claimed(), IsEmpty());

    site.clock.advance(std::chrono::minutes(3));
    EXPECT_THAT(claimed(), ElementsAre("mei@example.com"));
}

TEST_F(Outbox, ForgetsTheSecretOnceTheMailIsAcceptedOrGivenUp)
{
    set_switch(true);
    add({.kind = outbox::Kind::PasswordReset, .to_address = "mei@example.com", .secret = "token", .cause = "1"});
    add({.kind = outbox::Kind::PasswordReset, .to_address = "omar@example.com", .secret = "token", .cause = "2"});
    const auto mails = claim();
    ASSERT_EQ(mails.size(), 2U);
    EXPECT_EQ(mails.front().secret, "token");

    site.database->write([&](db::Transaction& tx) {
        outbox::note_accepted(tx, mails[0].id, {}, site.clock.now());
        outbox::note_given_up(tx, mails[1].id, {}, site.clock.now());
    });

    EXPECT_EQ(secret_of(mails[0].id), "");
    EXPECT_EQ(secret_of(mails[1].id), "");
}

TEST_F(Outbox, TriesAgainAfterLongerAndLongerPauses)
{
    const base::Time now = site.clock.now();
    std::vector<std::int64_t> minutes;
    for (std::int64_t attempts = 1; attempts <= 8; ++attempts)
        minutes.push_back(
            std::chrono::duration_cast<std::chrono::minutes>(outbox::next_attempt(now, attempts) - now).count());

    EXPECT_THAT(minutes, ElementsAre(1, 5, 15, 60, 180, 360, 720, 720));
}

TEST_F(Outbox, RemovesWhatWasSentNinetyDaysAgo)
{
    set_switch(true);
    add({.kind = outbox::Kind::EmailTaken, .to_address = "mei@example.com"});
    add({.kind = outbox::Kind::EmailTaken, .to_address = "omar@example.com", .cause = "waits"});
    const auto mails = claim(1);
    site.database->write(
        [&](db::Transaction& tx) { outbox::note_accepted(tx, mails.front().id, {}, site.clock.now()); });
    const auto remove = [&] {
        return site.database->write(
            [&](db::Transaction& tx) { return outbox::remove_old_mail(tx, site.clock.now(), 10); });
    };

    site.clock.advance(outbox::longest_kept);
    EXPECT_EQ(remove(), 0);
    site.clock.advance(std::chrono::milliseconds(1));
    EXPECT_EQ(remove(), 1);
    EXPECT_EQ(site.database.number("SELECT COUNT(*) FROM service_mail"), 1);
}

TEST(OutboxKinds, EachHasANameOfItsOwn)
{
    for (int number = 0; number <= static_cast<int>(outbox::Kind::NewDevice); ++number) {
        const auto kind = static_cast<outbox::Kind>(number);
        EXPECT_EQ(outbox::parse_kind(outbox::kind_name(kind)), kind);
    }
}

} // namespace
