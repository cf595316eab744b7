#include "sign_in/imported_hash.hpp"

#include "sign_in/password.hpp"

#include <gtest/gtest.h>

#include <array>
#include <string>

namespace {

using sign_in::PasswordCheck;

// Made by Python's crypt and hashlib of "Right-Pass-1".
constexpr std::string_view bcrypt = "bcrypt$$2b$04$abcdefghijklmnopqrstuurkybQQRN2y/5.5ZvJaymnojXgxIn5JW";
constexpr std::string_view bcrypt_sha256 = "bcrypt_sha256$$2b$04$abcdefghijklmnopqrstuuD./mtlvK95V/hEKpcoiy5wU1xGgcvKO";
constexpr std::string_view scrypt =
    "scrypt$16384$saltS$8$1$"
    "Y0gd/yFsghlND7y7o3UwL0lJE2PT+sm4KFoWKVEgjIbaN9EGtdfltjyt0RIYVy6BSQGnIb+5H5xTvHmW0jBpRA==";

TEST(ImportedHashes, TheirPasswordsSignInAndAreHashedAnew)
{
    for (const std::string_view stored : {bcrypt, bcrypt_sha256, scrypt}) {
        EXPECT_TRUE(sign_in::can_check(stored)) << stored;
        EXPECT_EQ(sign_in::check_password("Right-Pass-1", stored), PasswordCheck::RightButOutdated) << stored;
        EXPECT_EQ(sign_in::check_password("Right-Pass-2", stored), PasswordCheck::Wrong) << stored;
        EXPECT_EQ(sign_in::check_password("", stored), PasswordCheck::Wrong) << stored;
    }
}

TEST(ImportedHashes, AZeroByteEndsNoPassword)
{
    using namespace std::string_view_literals;
    EXPECT_EQ(sign_in::check_password("Right-Pass-1\0more"sv, bcrypt), PasswordCheck::Wrong);
    EXPECT_EQ(sign_in::check_password("Right-Pass-1\0more"sv, bcrypt_sha256), PasswordCheck::Wrong);
    EXPECT_EQ(sign_in::check_password("Right-Pass-1\0more"sv, scrypt), PasswordCheck::Wrong);
}

TEST(ImportedHashes, WhatCostsTooMuchOrIsBrokenIsNeverComputed)
{
    const std::string rest =
        "$Y0gd/yFsghlND7y7o3UwL0lJE2PT+sm4KFoWKVEgjIbaN9EGtdfltjyt0RIYVy6BSQGnIb+5H5xTvHmW0jBpRA==";
    const std::string salt_and_hash = "abcdefghijklmnopqrstuurkybQQRN2y/5.5ZvJaymnojXgxIn5JW";
    for (const std::string& stored : std::to_array<std::string>({"bcrypt$$2b$15$" + salt_and_hash,
             "bcrypt$$2b$03$" + salt_and_hash, "bcrypt$$2x$04$" + salt_and_hash, "bcrypt$" + salt_and_hash,
             "bcrypt$$2b$04$" + salt_and_hash + "a", "bcrypt$$2b$12$abcdefghijklmnopqrstuv", "bcrypt$", "bcrypt",
             "scrypt$4194304$saltS$8$1" + rest, "scrypt$16384$saltS$8$64" + rest, "scrypt$16383$saltS$8$1" + rest,
             "scrypt$1$saltS$8$1" + rest, "scrypt$16384$saltS$-8$1" + rest, "scrypt$16384$saltS$8$0" + rest,
             "scrypt$99999999999999999999$saltS$8$1" + rest, "scrypt$16384$saltS$8", "scrypt$"})) {
        EXPECT_FALSE(sign_in::can_check(stored)) << stored;
        EXPECT_EQ(sign_in::check_password("Right-Pass-1", stored), PasswordCheck::Wrong) << stored;
    }
}

} // namespace
