#include "sign_in/password.hpp"

#include <gmock/gmock.h>

#include <optional>
#include <set>
#include <span>
#include <string>
#include <thread>
#include <vector>

using sign_in::PasswordCheck;
using testing::StartsWith;

namespace {

constexpr std::string_view hash_by_django = "pbkdf2_sha256$1000$seasalt2$/AgPzJG5e6Yv25JIyxyWfNnB6QXmfp0Y+BEGfC3zoJE=";
constexpr std::string_view old_hash_by_django = "pbkdf2_sha1$100$seasalt$i6oGZHc0EcnFPPCKwRDgsWaPfgU=";
// From the tests of the reference implementation: "password" with "somesalt".
constexpr std::string_view small_argon2 =
    "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4";

TEST(Passwords, AreTheSameInBothSpellingsOfTheirAccents)
{
    const std::string composed = "caf\u00E9-kettle-41";
    const std::string apart = "cafe\u0301-kettle-41";
    EXPECT_EQ(sign_in::check_password(apart, sign_in::hash_password(composed)), sign_in::PasswordCheck::Right);
    EXPECT_EQ(sign_in::check_password(composed, sign_in::hash_password(apart)), sign_in::PasswordCheck::Right);
    // Django hashes what is typed: pbkdf2_sha256 of the spelling with the accent apart.
    const std::string_view imported = "pbkdf2_sha256$1$salt$m5lyxXDGFrdPvxLes858zRCI6er0SBYMuzK85KbAr5I=";
    for (const std::string& typed : {composed, apart})
        EXPECT_EQ(sign_in::check_password(typed, imported), sign_in::PasswordCheck::RightButOutdated);
}

TEST(Passwords, KeepTheirBlanksAndFullWidthLetters)
{
    const std::string stored = sign_in::hash_password("brass kettle 41 ");
    EXPECT_EQ(sign_in::check_password("brass kettle 41 ", stored), sign_in::PasswordCheck::Right);
    EXPECT_EQ(sign_in::check_password("brass kettle 41", stored), sign_in::PasswordCheck::Wrong);
    EXPECT_EQ(sign_in::check_password("\uFF42rass kettle 41 ", stored), sign_in::PasswordCheck::Wrong);
}

} // namespace

TEST(Passwords, AFreshHashIsArgon2idWithItsOwnSalt)
{
    const std::string hash = sign_in::hash_password("correct horse battery");

    EXPECT_THAT(hash, StartsWith("$argon2id$v=19$m=19456,t=2,p=1$"));
    EXPECT_EQ(hash.size(), 97u);
    EXPECT_NE(hash, sign_in::hash_password("correct horse battery"));
    EXPECT_EQ(sign_in::check_password("correct horse battery", hash), PasswordCheck::Right);
    EXPECT_EQ(sign_in::check_password("correct horse batterz", hash), PasswordCheck::Wrong);
    EXPECT_EQ(sign_in::check_password("", hash), PasswordCheck::Wrong);
}

TEST(Passwords, NothingIsCutOffWhenHashing)
{
    const std::string longest(sign_in::most_password_bytes, 'a');
    const std::string hash = sign_in::hash_password(longest);

    EXPECT_EQ(sign_in::check_password(longest, hash), PasswordCheck::Right);
    EXPECT_EQ(sign_in::check_password(longest.substr(1) + 'b', hash), PasswordCheck::Wrong);
    const std::string too_long = longest + 'a';
    EXPECT_EQ(sign_in::check_password(too_long, hash), PasswordCheck::Wrong);
    EXPECT_EQ(sign_in::check_password(too_long, sign_in::hash_password(too_long)), PasswordCheck::Wrong);
    using namespace std::string_view_literals;
    EXPECT_EQ(
        sign_in::check_password("before\0after"sv, sign_in::hash_password("before\0other"sv)), PasswordCheck::Wrong);
}

TEST(Passwords, OtherArgon2ParametersAreOutdated)
{
    EXPECT_EQ(sign_in::check_password("password", small_argon2), PasswordCheck::RightButOutdated);
    EXPECT_EQ(sign_in::check_password("Password", small_argon2), PasswordCheck::Wrong);
}

TEST(Passwords, AHashThatWouldTakeGigabytesIsNeverComputed)
{
    const std::string rest = "$c29tZXNhbHQ$dGhpcyBpcyBubyBoYXNoIGF0IGFsbA";
    for (const std::string cost : {"m=4194304,t=1,p=1", "m=65536,t=2000000,p=1", "m=65536,t=1,p=255", "m=-1,t=1,p=1",
             "m=99999999999999999999,t=1,p=1", "t=1,m=8,p=1", "m=8"}) {
        for (const std::string start : {"$argon2id$v=19$", "argon2$argon2id$v=19$"}) {
            EXPECT_FALSE(sign_in::can_check(start + cost + rest)) << cost;
            EXPECT_EQ(sign_in::check_password("password", start + cost + rest), PasswordCheck::Wrong) << cost;
        }
    }
    EXPECT_TRUE(sign_in::can_check("argon2$argon2id$v=19$m=102400,t=2,p=8" + rest)) << "Django's own";
    EXPECT_TRUE(sign_in::can_check(small_argon2));
    EXPECT_TRUE(sign_in::can_check(hash_by_django));
    EXPECT_FALSE(sign_in::can_check("!never"));
    EXPECT_FALSE(sign_in::can_check("bcrypt$$2b$12$abcdefghijklmnopqrstuv"));
}

TEST(Passwords, DjangosHashesAreRightButOutdated)
{
    EXPECT_EQ(sign_in::check_password("correct horse battery", hash_by_django), PasswordCheck::RightButOutdated);
    EXPECT_EQ(sign_in::check_password("correct horse batterz", hash_by_django), PasswordCheck::Wrong);
    EXPECT_EQ(sign_in::check_password("l\u00e8tmein", old_hash_by_django), PasswordCheck::RightButOutdated);
    EXPECT_EQ(sign_in::check_password("letmein", old_hash_by_django), PasswordCheck::Wrong);
    const std::string argon2_by_django = "argon2" + std::string(small_argon2);
    EXPECT_EQ(sign_in::check_password("password", argon2_by_django), PasswordCheck::RightButOutdated);
    EXPECT_EQ(sign_in::check_password("Password", argon2_by_django), PasswordCheck::Wrong);
}

TEST(Passwords, UnusableUnknownAndBrokenHashesAreAlwaysWrong)
{
    for (const std::string_view hash : {"", "!", "!unusable", "password", "md5$salt$5f4dcc3b", "$argon2id$",
             "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$", "argon2$argon2id$", "pbkdf2_sha256$1000$seasalt2$",
             "pbkdf2_sha256$$$", "pbkdf2_sha256$0$seasalt2$AAAA", "pbkdf2_sha256$-1$seasalt2$AAAA",
             "pbkdf2_md5$1$seasalt2$AAAA", "pbkdf2_sha256$99999999999999999999$seasalt2$AAAA"}) {
        EXPECT_EQ(sign_in::check_password("", hash), PasswordCheck::Wrong) << hash;
        EXPECT_EQ(sign_in::check_password("password", hash), PasswordCheck::Wrong) << hash;
    }
}

TEST(Passwords, AnAbsurdIterationCountIsRefusedAtOnce)
{
    const auto begin = std::chrono::steady_clock::now();
    EXPECT_EQ(sign_in::check_password("password", "pbkdf2_sha256$2000000000$seasalt2$AAAA"), PasswordCheck::Wrong);
    EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(1));
}

TEST(Passwords, ManyAtOnceWaitTheirTurn)
{
    std::vector<std::thread> threads;
    for (int i = 0; i < 8; ++i)
        threads.emplace_back([] { sign_in::check_password_evenly("correct horse battery", std::nullopt, {}); });
    for (std::thread& thread : threads)
        thread.join();
    EXPECT_EQ(sign_in::check_password("password", small_argon2), PasswordCheck::RightButOutdated);
}

const std::string& ours()
{
    static const std::string hash = sign_in::hash_password("ours");
    return hash;
}

/// The kinds of hashes that are worked out for a wrong password; ours is "ours".
std::multiset<std::string> work_for(const std::optional<std::string>& stored, std::span<const std::string> others)
{
    EXPECT_EQ(sign_in::check_password_evenly("a wrong password", stored, others), PasswordCheck::Wrong);
    const sign_in::WorkLeft left = sign_in::work_left(stored, others);
    std::multiset<std::string> kinds;
    if (stored && !sign_in::kind_of_hash(*stored).empty())
        kinds.emplace(sign_in::kind_of_hash(*stored));
    if (left.ours || (stored && *stored == ours()))
        kinds.emplace("ours");
    for (const std::string_view other : left.others)
        kinds.emplace(sign_in::kind_of_hash(other));
    return kinds;
}

TEST(Passwords, ThatAreWrongTakeTheSameWorkWhateverIsStored)
{
    const std::string one = "pbkdf2_sha256$1000$seasalt2$/AgPzJG5e6Yv25JIyxyWfNnB6QXmfp0Y+BEGfC3zoJE=";
    const std::string two = "pbkdf2_sha256$2000$seasalt2$/AgPzJG5e6Yv25JIyxyWfNnB6QXmfp0Y+BEGfC3zoJE=";
    const std::vector<std::string> kinds = {one, two, "md5$salt$hash"};
    const std::multiset<std::string> all = {"ours", "pbkdf2_sha256$1000$", "pbkdf2_sha256$2000$"};
    EXPECT_EQ(work_for(std::nullopt, kinds), all);
    for (const std::string& stored : {ours(), one, two, std::string("!unusable"), std::string("md5$salt$hash")})
        EXPECT_EQ(work_for(stored, kinds), all) << stored;
    EXPECT_EQ(work_for(std::nullopt, {}), std::multiset<std::string>{"ours"});
    EXPECT_EQ(work_for("!unusable", {}), std::multiset<std::string>{"ours"});
}

TEST(Passwords, HaveAKindThatSaysWhatTheyCost)
{
    const std::string argon2 = "c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4";
    EXPECT_EQ(sign_in::kind_of_hash(hash_by_django), "pbkdf2_sha256$1000$");
    EXPECT_EQ(
        sign_in::kind_of_hash("bcrypt$$2b$04$abcdefghijklmnopqrstuurkybQQRN2y/5.5ZvJaymnojXgxIn5JW"), "bcrypt$$2b$04$");
    EXPECT_EQ(sign_in::kind_of_hash("scrypt$16384$saltS$8$1$AAAA"), "scrypt$16384$");
    EXPECT_EQ(sign_in::kind_of_hash("argon2$argon2id$v=19$m=102400,t=2,p=8$" + argon2),
        "argon2$argon2id$v=19$m=102400,t=2,p=8$");
    EXPECT_EQ(sign_in::kind_of_hash(small_argon2), "$argon2id$v=19$m=256,t=2,p=1$");
    for (const std::string_view none : {"", "!", "!unusable", "md5$salt$hash", "$argon2id$v=19$m=19456,t=2,p=1$x$y"})
        EXPECT_EQ(sign_in::kind_of_hash(none), "") << none;
}
