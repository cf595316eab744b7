#include "users/user.hpp"

#include "actions/change_password.hpp"
#include "actions/change_user.hpp"
#include "base/error.hpp"
#include "sign_in/password.hpp"
#include "sign_in/session.hpp"
#include "support/cast.hpp"
#include "support/fake_clock.hpp"
#include "support/test_database.hpp"
#include "users/credentials.hpp"

#include <gmock/gmock.h>

using testing::ElementsAre;
using testing::IsEmpty;

namespace {

class Users : public testing::Test
{
  protected:
    base::Act act(const base::Visitor& by) const { return {.visitor = by, .at = clock.now()}; }
    users::User user(const base::Visitor& person) { return users::get_user(*database->read(), person.user_id); }

    users::UserChange change_of(const base::Visitor& person)
    {
        const users::User found = user(person);
        return {.first_name = found.first_name,
            .last_name = found.last_name,
            .email = found.email,
            .phone = found.phone,
            .role = found.role,
            .is_active = found.is_active,
            .version = found.version};
    }

    users::UserUpdate update(const base::Visitor& person, const users::UserChange& change)
    {
        return database->write(
            [&](db::Transaction& tx) { return actions::change_user(tx, act(cast.ada), person.user_id, change); });
    }

    std::string sign_in(const base::Visitor& person)
    {
        const std::string token = database->write(
            [&](db::Transaction& tx) { return sign_in::add_session(tx, person.user_id, {"Firefox"}, clock.now()); });
        return sign_in::session_hash(token);
    }

    bool is_signed_in(std::string_view token_hash)
    {
        return sign_in::find_session(*database->read(), token_hash, clock.now(), {}).has_value();
    }

    std::vector<std::string> usernames(const users::UserFilter& filter)
    {
        std::vector<std::string> names;
        for (const users::User& found : users::list_users(*database->read(), filter))
            names.push_back(found.username);
        return names;
    }

    /// "kind: before -> after (actor)" of the newest events about a person, oldest first.
    std::vector<std::string> history(const base::Visitor& person)
    {
        auto lines = map_rows(database->read()->query(R"(
            SELECT e.kind, e.before_value, e.after_value, u.username FROM service_event e
              LEFT JOIN auth_user u ON u.id = e.actor_id
             WHERE e.subject = 'user' AND e.subject_id = $1 AND e.kind NOT IN ('created', 'linked', 'signed_in')
             ORDER BY e.id)",
                                  person.user_id),
            [](const db::Row& row) {
                return row.string(0) + ": " + row.string(1) + " -> " + row.string(2) + " (" + row.string(3) + ")";
            });
        return lines;
    }

    support::FakeClock clock;
    support::TestDatabase database;
    support::Cast cast = support::add_cast(*database, clock.now());
};

TEST(EmailAddresses, CannotCarryASecondRecipientOrHeader)
{
    EXPECT_TRUE(users::is_valid_email("mei.chen+gas@mail.example.com"));
    EXPECT_FALSE(users::is_valid_email("mei@example.com,omar@example.com"));
    EXPECT_FALSE(users::is_valid_email("mei@example.com\r\nBcc: omar@example.com"));
    EXPECT_FALSE(users::is_valid_email("Mei <mei@example.com>"));
    EXPECT_FALSE(users::is_valid_email("mei@home@example.com"));
}

TEST(EmailAddresses, NeedALocalPartAndADotInTheDomain)
{
    EXPECT_FALSE(users::is_valid_email(""));
    EXPECT_FALSE(users::is_valid_email("mei"));
    EXPECT_FALSE(users::is_valid_email("@example.com"));
    EXPECT_FALSE(users::is_valid_email("mei@"));
    EXPECT_FALSE(users::is_valid_email("mei@localhost"));
    EXPECT_FALSE(users::is_valid_email("mei@.com"));
    EXPECT_FALSE(users::is_valid_email("mei@example."));
    EXPECT_FALSE(users::is_valid_email(std::string(250, 'a') + "@a.de"));
}

TEST(FullNames, FallBackToTheUserName)
{
    EXPECT_EQ(base::full_name("Mei", "Chen", "mei"), "Mei Chen");
    EXPECT_EQ(base::full_name("", "Chen", "mei"), "Chen");
    EXPECT_EQ(base::full_name("", "", "mei"), "mei");
}

TEST_F(Users, UnknownOnesAreNotFound)
{
    const UserId nobody{4711};

    EXPECT_THROW(users::get_user(*database->read(), nobody), base::NotFound);
    EXPECT_THROW(users::password_hash_of(*database->read(), nobody), base::NotFound);
    EXPECT_THROW(
        database->write([&](db::Transaction& tx) { users::set_password(tx, nobody, "hash"); }), base::NotFound);
}

TEST_F(Users, DjangosColumnsFollowTheRole)
{
    EXPECT_EQ(database.number("SELECT COUNT(*) FROM auth_user WHERE is_staff = 1"), 3);
    EXPECT_EQ(database.number("SELECT COUNT(*) FROM auth_user WHERE is_superuser = 1"), 1);

    users::UserChange change = change_of(cast.ravi);
    change.role = base::Role::Administrator;
    update(cast.ravi, change);
    EXPECT_EQ(database.number("SELECT is_staff + 2 * is_superuser FROM auth_user WHERE username = 'ravi'"), 3);

    change = change_of(cast.ravi);
    change.role = base::Role::Customer;
    update(cast.ravi, change);
    EXPECT_EQ(database.number("SELECT is_staff + 2 * is_superuser FROM auth_user WHERE username = 'ravi'"), 0);
}

TEST_F(Users, AnEditIsSavedAndEachKindOfChangeIsInTheHistory)
{
    users::UserChange change = change_of(cast.mei);
    change.last_name = "Chen-Haddad";
    change.email = "mei.chen@example.com";
    change.role = base::Role::Representative;
    change.is_active = false;

    EXPECT_EQ(update(cast.mei, change), users::UserUpdate::Done);

    const users::User mei = user(cast.mei);
    EXPECT_EQ(mei.full_name(), "Mei Chen-Haddad");
    EXPECT_EQ(mei.email, "mei.chen@example.com");
    EXPECT_EQ(mei.role, base::Role::Representative);
    EXPECT_FALSE(mei.is_active);
    EXPECT_EQ(mei.version, 2);
    EXPECT_THAT(history(cast.mei), ElementsAre("changed: last_name\tChen\nemail\tmei@example.com -> "
                                               "last_name\tChen-Haddad\nemail\tmei.chen@example.com (ada)",
                                       "role: customer -> representative (ada)", "deactivated:  ->  (ada)"));
    EXPECT_THAT(usernames({.search = "chen-haddad"}), ElementsAre("mei"));
}

TEST_F(Users, AnEditOfSomethingOlderIsStaleAndWritesNothing)
{
    users::UserChange first = change_of(cast.mei);
    users::UserChange second = first;
    first.phone = "555-0111";
    second.phone = "555-0222";

    EXPECT_EQ(update(cast.mei, first), users::UserUpdate::Done);
    EXPECT_EQ(update(cast.mei, second), users::UserUpdate::Stale);

    EXPECT_EQ(user(cast.mei).phone, "555-0111");
    EXPECT_THAT(history(cast.mei), ElementsAre("changed: phone\t555-0142 -> phone\t555-0111 (ada)"));
}

TEST_F(Users, SavingTheSameAgainLeavesNoTrace)
{
    EXPECT_EQ(update(cast.mei, change_of(cast.mei)), users::UserUpdate::Done);

    EXPECT_EQ(user(cast.mei).version, 1);
    EXPECT_THAT(history(cast.mei), IsEmpty());
}

TEST_F(Users, TheLastAdministratorStays)
{
    users::UserChange demoted = change_of(cast.ada);
    demoted.role = base::Role::Supervisor;
    users::UserChange deactivated = change_of(cast.ada);
    deactivated.is_active = false;

    EXPECT_EQ(update(cast.ada, demoted), users::UserUpdate::LastAdministrator);
    EXPECT_EQ(update(cast.ada, deactivated), users::UserUpdate::LastAdministrator);

    EXPECT_EQ(user(cast.ada).role, base::Role::Administrator);
    EXPECT_TRUE(user(cast.ada).is_active);
    EXPECT_THAT(history(cast.ada), IsEmpty());
}

TEST_F(Users, TheLastAdministratorMayStillChangeTheirPhoneNumber)
{
    users::UserChange change = change_of(cast.ada);
    change.phone = "555-0111";

    EXPECT_EQ(update(cast.ada, change), users::UserUpdate::Done);
    EXPECT_EQ(user(cast.ada).phone, "555-0111");
}

TEST_F(Users, AnInactiveAdministratorDoesNotCountAsTheSecond)
{
    users::UserChange promoted = change_of(cast.sofia);
    promoted.role = base::Role::Administrator;
    promoted.is_active = false;
    update(cast.sofia, promoted);
    users::UserChange demoted = change_of(cast.ada);
    demoted.role = base::Role::Supervisor;

    EXPECT_EQ(update(cast.ada, demoted), users::UserUpdate::LastAdministrator);

    users::UserChange activated = change_of(cast.sofia);
    activated.is_active = true;
    update(cast.sofia, activated);
    EXPECT_EQ(update(cast.ada, demoted), users::UserUpdate::Done);
}

TEST_F(Users, ANewRoleOrDeactivationEndsTheirSessionsAndNobodyElses)
{
    const std::string ravi = sign_in(cast.ravi);
    const std::string mei = sign_in(cast.mei);
    const std::string omar = sign_in(cast.omar);
    users::UserChange promoted = change_of(cast.ravi);
    promoted.role = base::Role::Supervisor;
    users::UserChange deactivated = change_of(cast.mei);
    deactivated.is_active = false;

    update(cast.ravi, promoted);
    update(cast.mei, deactivated);

    EXPECT_FALSE(is_signed_in(ravi));
    EXPECT_FALSE(is_signed_in(mei));
    EXPECT_TRUE(is_signed_in(omar));
    EXPECT_EQ(database.number("SELECT COUNT(*) FROM auth_session"), 1);
}

TEST_F(Users, ANewPhoneNumberKeepsTheirSessions)
{
    const std::string mei = sign_in(cast.mei);
    users::UserChange change = change_of(cast.mei);
    change.phone = "555-0111";

    update(cast.mei, change);

    EXPECT_TRUE(is_signed_in(mei));
}

TEST_F(Users, ChangeTheirOwnContactDetails)
{
    database->write([&](db::Transaction& tx) {
        actions::change_contact(tx, act(cast.mei), {.phone = "555-0111", .email = "chen@example.org", .version = 1});
    });

    EXPECT_EQ(user(cast.mei).phone, "555-0111");
    EXPECT_EQ(user(cast.mei).email, "chen@example.org");
    EXPECT_EQ(user(cast.mei).version, 2);
    EXPECT_THAT(usernames({.search = "CHEN@example.org"}), ElementsAre("mei"));
    EXPECT_THAT(history(cast.mei),
        ElementsAre(
            "changed: email\tmei@example.com\nphone\t555-0142 -> email\tchen@example.org\nphone\t555-0111 (mei)"));
}

TEST_F(Users, ANewPasswordEndsAllSessionsButTheOneItWasChangedIn)
{
    const std::string at_home = sign_in(cast.mei);
    const std::string in_the_library = sign_in(cast.mei);

    database->write([&](db::Transaction& tx) {
        actions::change_password(tx, act(cast.mei),
            {.checked_hash = users::password_hash_of(tx, cast.mei.user_id),
                .new_hash = "new hash",
                .kept_session = at_home});
    });

    EXPECT_TRUE(is_signed_in(at_home));
    EXPECT_FALSE(is_signed_in(in_the_library));
    EXPECT_EQ(users::password_hash_of(*database->read(), cast.mei.user_id), "new hash");
    EXPECT_THAT(history(cast.mei), ElementsAre("password_changed:  ->  (mei)"));
}

TEST_F(Users, AResetPasswordMustBeChangedAndEndsAllSessions)
{
    const std::string session = sign_in(cast.mei);

    database->write(
        [&](db::Transaction& tx) { actions::reset_password(tx, act(cast.ada), cast.mei.user_id, {"temporary hash"}); });

    EXPECT_FALSE(is_signed_in(session));
    EXPECT_TRUE(user(cast.mei).must_change_password);
    EXPECT_EQ(users::password_hash_of(*database->read(), cast.mei.user_id), "temporary hash");
    EXPECT_THAT(history(cast.mei), ElementsAre("password_reset:  ->  (ada)"));

    database->write([&](db::Transaction& tx) {
        actions::change_password(tx, act(cast.mei), {.checked_hash = "temporary hash", .new_hash = "own hash"});
    });
    EXPECT_FALSE(user(cast.mei).must_change_password);
}

TEST_F(Users, AreListedByRoleAndActivity)
{
    EXPECT_THAT(usernames({}), ElementsAre("mei", "omar", "ravi", "sofia", "ada"));
    EXPECT_THAT(usernames({.role = base::Role::Customer}), ElementsAre("mei", "omar"));
    EXPECT_THAT(usernames({.is_active = false}), IsEmpty());
    EXPECT_THAT(usernames({.after = cast.ravi.user_id}), ElementsAre("sofia", "ada"));
}

TEST_F(Users, AreSearchedByAllWordsInAnyCaseAndWithoutAccents)
{
    EXPECT_THAT(usernames({.search = "CHEN mei"}), ElementsAre("mei"));
    EXPECT_THAT(usernames({.search = "mei haddad"}), IsEmpty());
    EXPECT_THAT(usernames({.search = "márchetti"}), ElementsAre("sofia"));
    EXPECT_THAT(usernames({.search = "omar@example.com"}), ElementsAre("omar"));
}

TEST_F(Users, AreFoundWhicheverApostropheIsTyped)
{
    users::UserChange change = change_of(cast.mei);
    change.last_name = "D\u2019Angelo-O'Brien";
    ASSERT_EQ(update(cast.mei, change), users::UserUpdate::Done);
    for (const char* typed : {"D'Angelo", "D\u2019Angelo", "dangelo", "obrien", "O'Brien", "o brien", "O\u02BCBrien"})
        EXPECT_THAT(usernames({.search = typed}), ElementsAre("mei")) << typed;
}

TEST_F(Users, AreFoundByTheirPhoneInAnySpellingAndByItsEnd)
{
    users::UserChange change = change_of(cast.mei);
    change.phone = "518.555.0134 x204";
    ASSERT_EQ(update(cast.mei, change), users::UserUpdate::Done);

    for (const char* typed : {"(518) 555-0134", "5185550134", "+1 518 555 0134", "1-518-555-0134", "518-555-0134 x204",
             "\u202D518\u00A0555\u00A00134\u202C", "555-0134", "5550134", "0134", "mei 518.555.0134"})
        EXPECT_THAT(usernames({.search = typed}), ElementsAre("mei")) << typed;
    EXPECT_THAT(usernames({.search = "518-555-0134 x205"}), IsEmpty());
    EXPECT_EQ(user(cast.mei).phone, "(518) 555-0134 ext. 204");
}

TEST_F(Users, WildcardsInASearchMeanThemselves)
{
    EXPECT_THAT(usernames({.search = "%"}), IsEmpty());
    EXPECT_THAT(usernames({.search = "m_i"}), IsEmpty());
}

TEST_F(Users, OfEachKindOfHashOneIsFoundHoweverManyThereAre)
{
    const auto add = [&](db::Transaction& tx, const std::string& name, const std::string& hash) {
        users::add_user(tx, {.username = name, .password_hash = hash}, clock.now());
    };
    database->write([&](db::Transaction& tx) {
        for (int i = 0; i < 80; ++i) {
            const std::string number = std::to_string(i);
            add(tx, "old" + number, "md5$salt" + number + "$hash");
            add(tx, "django" + number, "pbkdf2_sha256$260000$salt" + number + "$AAAA");
            add(tx, "newer" + number, "pbkdf2_sha256$390000$salt" + number + "$AAAA");
            add(tx, "none" + number, "!" + number);
        }
        add(tx, "absurd", "pbkdf2_sha256$2000000000$salt$AAAA");
        add(tx, "ours", sign_in::hash_password("ours"));
    });

    std::vector<std::string> kinds;
    for (const std::string& hash : users::list_hash_kinds(*database->read(), sign_in::kind_of_hash))
        kinds.emplace_back(sign_in::kind_of_hash(hash));

    EXPECT_THAT(kinds, ElementsAre("pbkdf2_sha256$2$", "pbkdf2_sha256$260000$", "pbkdf2_sha256$390000$"))
        << "the first is the cast's";
}

TEST_F(Users, APageHasOneMoreToTellThatThereIsAnother)
{
    database->write([&](db::Transaction& tx) {
        for (int i = 0; i < 60; ++i)
            users::add_user(tx, {.username = "crowd" + std::to_string(i), .password_hash = "!"}, clock.now());
    });

    EXPECT_EQ(usernames({.search = "crowd"}).size(), users::page_size + 1);
}

} // namespace
