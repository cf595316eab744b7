#include "support/cast.hpp"
#include "support/fake_clock.hpp"
#include "support/test_database.hpp"
#include "users/credentials.hpp"
#include "users/look_alikes.hpp"
#include "users/user.hpp"

#include <gmock/gmock.h>

namespace {

class StoredUserNames : public testing::Test
{
  protected:
    UserId add(std::string username)
    {
        return database->write([&](db::Transaction& tx) {
            return users::add_user(tx, {.username = std::move(username), .password_hash = "!"}, clock.now());
        });
    }
    UserId find(std::string_view typed)
    {
        return users::find_user(*database->read(), typed).value_or(users::User()).id;
    }
    UserId find_to_sign_in(std::string_view typed)
    {
        const auto found = users::find_credentials(*database->read(), typed);
        return found ? found->user.id : UserId();
    }

    support::FakeClock clock;
    support::TestDatabase database;
    support::Cast cast = support::add_cast(*database, clock.now());
};

TEST(UserNames, FollowDjangosRule)
{
    EXPECT_TRUE(users::is_valid_username("mei"));
    EXPECT_TRUE(users::is_valid_username("mei.chen+gas@example-town_1"));
    EXPECT_TRUE(users::is_valid_username("Zoë"));
    EXPECT_TRUE(users::is_valid_username(std::string(150, 'a')));
    EXPECT_FALSE(users::is_valid_username(std::string(151, 'a')));
    EXPECT_FALSE(users::is_valid_username(""));
    EXPECT_FALSE(users::is_valid_username("mei chen"));
    EXPECT_FALSE(users::is_valid_username("mei\n"));
    EXPECT_FALSE(users::is_valid_username("<mei>"));
    EXPECT_FALSE(users::is_valid_username("mei\u200B"));
    EXPECT_FALSE(users::is_valid_username("mei\xff"));
    EXPECT_FALSE(users::is_valid_username("\u0301"));
    EXPECT_FALSE(users::is_valid_username("..."));
}

TEST(UserNames, HaveOneSpelling)
{
    EXPECT_EQ(users::normal_username("jose\u0301"), "jos\u00E9");
    EXPECT_EQ(users::normal_username("jos\u00E9"), "jos\u00E9");
    EXPECT_EQ(users::normal_username(" mei\u00A0\u3000\n"), "mei");
    EXPECT_EQ(users::normal_username("\uFF4D\uFF45\uFF49"), "mei") << "full-width letters, as Django has it";
    EXPECT_EQ(users::normal_username("\u202Amei\u202C"), "mei");
    EXPECT_EQ(users::normal_username("jose\u200B\u0301"), "jos\u00E9");
    EXPECT_EQ(users::normal_username("Mei"), "Mei") << "case is kept";
    EXPECT_EQ(users::normal_username("\u200B \u3000"), "");
}

TEST_F(StoredUserNames, AreTheSamePersonInBothSpellingsOfTheirName)
{
    const UserId jose = add("jose\u0301");
    for (const char* typed : {"jose\u0301", "jos\u00E9", "jos\u00E9 ", "\uFF4Aos\u00E9"}) {
        EXPECT_EQ(find(typed), jose) << typed;
        EXPECT_EQ(find_to_sign_in(typed), jose) << typed;
    }
    EXPECT_THROW(add("jos\u00E9"), db::ConstraintViolation);
}

TEST_F(StoredUserNames, AnEmptyNameIsNeverStored)
{
    for (const char* nothing : {"", " ", "\u200B", "..."})
        EXPECT_THROW(add(nothing), std::logic_error);
}

TEST_F(StoredUserNames, AreFoundByTheirUserNameInAnyCase)
{
    const auto mei = users::find_user(*database->read(), "mei");

    ASSERT_TRUE(mei.has_value());
    EXPECT_EQ(mei->id, cast.mei.user_id);
    EXPECT_EQ(mei->full_name(), "Mei Chen");
    EXPECT_EQ(mei->email, "mei@example.com");
    EXPECT_EQ(mei->role, base::Role::Customer);
    EXPECT_EQ(mei->date_joined, clock.now());
    EXPECT_EQ(mei->last_login, std::nullopt);
    for (const char* typed : {"Mei", "MEI", "\uFF2D\uFF25\uFF29"}) {
        EXPECT_EQ(find(typed), cast.mei.user_id) << typed;
        EXPECT_EQ(find_to_sign_in(typed), cast.mei.user_id) << typed;
    }
    EXPECT_FALSE(find("nobody"));
}

TEST_F(StoredUserNames, ATakenUserNameIsRefused)
{
    EXPECT_THROW(add("mei"), db::ConstraintViolation);
    EXPECT_EQ(database.number("SELECT COUNT(*) FROM auth_user"), 5);
}

TEST_F(StoredUserNames, ANameInAnotherCaseIsTakenToo)
{
    const UserId strasse = add("Stra\u00DFe");
    EXPECT_EQ(users::get_user(*database->read(), strasse).username, "Stra\u00DFe") << "as it was typed";
    for (const char* taken : {"MEI", "strasse", "STRASSE"}) {
        EXPECT_THROW(add(taken), db::ConstraintViolation) << taken;
        EXPECT_TRUE(users::is_username_taken(*database->read(), taken)) << taken;
    }
    EXPECT_FALSE(users::is_username_taken(*database->read(), "mei2"));
}

TEST_F(StoredUserNames, TwinsAreFoundByTheirOwnSpellingAndNeitherByAThird)
{
    const UserId twin = add("other");
    database->write([&](db::Transaction& tx) {
        tx.apply("UPDATE auth_user SET username = 'MEI', username_key = 'mei', username_twin = id WHERE id = $1", twin);
    });

    EXPECT_EQ(find("mei"), cast.mei.user_id);
    EXPECT_EQ(find("MEI"), twin);
    EXPECT_EQ(find_to_sign_in("mei "), cast.mei.user_id);
    EXPECT_EQ(find_to_sign_in("\uFF2DEI"), twin) << "the normal spelling of what is typed is exact, too";
    EXPECT_FALSE(find("Mei"));
    EXPECT_FALSE(find_to_sign_in("Mei"));
    EXPECT_THROW(add("mEi"), db::ConstraintViolation);
    EXPECT_THAT(users::list_usernames_alike(*database->read(), 9), testing::ElementsAre("mei", "MEI"));
}

TEST_F(StoredUserNames, ThatLookAlikeInTwoAlphabetsAreFound)
{
    const auto look_alike = [&](std::string_view name) {
        return users::find_look_alike(*database->read(), name).value_or("");
    };
    for (const char* name : {"сор@example.com", "mеrry", "anna"})
        add(name);

    EXPECT_EQ(look_alike("mеi"), "mei") << "a Cyrillic letter";
    EXPECT_EQ(look_alike("МЕІ"), "mei") << "Cyrillic capitals";
    EXPECT_EQ(look_alike("ΜΕΙ"), "mei") << "Greek capitals";
    EXPECT_EQ(look_alike("cop@example.com"), "сор@example.com");
    for (const char* name : {"mei", "Мария", "мария@example.com", "ελενη", "zoë", "王小明", "сори@example.com"})
        EXPECT_EQ(look_alike(name), "") << name;
    EXPECT_NO_THROW(look_alike(std::string(150, 'a')));
    EXPECT_NO_THROW(look_alike("a.b.c.d.e.h.i.j.k.m.o.p.s.t.x.y"));
}

TEST(UserNames, OneWordHasLettersOfOneAlphabet)
{
    for (const char* name : {"mеi", "иванsmith", "αlpha"})
        EXPECT_TRUE(users::mixes_alphabets(name)) << name;
    for (const char* name : {"mei", "Мария", "мария2", "мария@example.com", "ελενη.k", "zoë", "王xiaoming", ""})
        EXPECT_FALSE(users::mixes_alphabets(name)) << name;
}

} // namespace
