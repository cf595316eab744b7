#include "sign_in/factor/totp.hpp"

#include "sign_in/factor/recovery_code.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <set>
#include <string>

namespace {

using namespace std::chrono_literals;
using sign_in::find_totp_step;
using sign_in::totp_code;
using sign_in::totp_step;

/// RFC 6238, Appendix B: "12345678901234567890".
const std::string secret = sign_in::base32("12345678901234567890");

base::Time at(std::int64_t seconds)
{
    return base::from_millis(seconds * 1000);
}

TEST(Totp, MakesTheCodesOfTheStandard)
{
    for (const auto& [seconds, code] : {std::pair(59LL, "94287082"), std::pair(1111111109LL, "07081804"),
             std::pair(1111111111LL, "14050471"), std::pair(1234567890LL, "89005924"),
             std::pair(2000000000LL, "69279037"), std::pair(20000000000LL, "65353130")}) {
        const std::string eight(code);
        EXPECT_EQ(totp_code(secret, totp_step(at(seconds)), 8), eight) << seconds;
        EXPECT_EQ(totp_code(secret, totp_step(at(seconds))), eight.substr(2)) << seconds;
        EXPECT_EQ(find_totp_step(secret, eight.substr(2), at(seconds)), totp_step(at(seconds))) << seconds;
    }
}

TEST(Totp, ACodeIsThatOfItsStepAlone)
{
    const base::Time now = at(1'111'111'111);
    const std::string code = totp_code(secret, totp_step(now));
    EXPECT_EQ(find_totp_step(secret, code, now), totp_step(now));
    for (const auto apart : {-60s, -30s, 30s, 60s}) {
        EXPECT_FALSE(find_totp_step(secret, code, now + apart)) << apart.count();
        EXPECT_EQ(sign_in::has_just_expired(secret, code, now + apart), apart == 30s) << apart.count();
    }
}

TEST(Totp, ACodeIsReadAsPeopleTypeIt)
{
    const base::Time now = at(59);
    EXPECT_TRUE(find_totp_step(secret, "287 082", now));
    EXPECT_TRUE(find_totp_step(secret, " 287-082 ", now));
    for (const auto* wrong : {"", "28708", "2870822", "287083", "94287082", "x87082"})
        EXPECT_FALSE(find_totp_step(secret, wrong, now)) << wrong;
    EXPECT_FALSE(find_totp_step(secret, std::string(1 << 20, '2'), now));
}

TEST(Totp, TheAppIsToldWhoseSecretItIs)
{
    EXPECT_EQ(sign_in::totp_uri({.site = "Hearthway Gas", .username = "mei@elm"}, "GEZD"),
        "otpauth://totp/Hearthway%20Gas:mei%40elm?secret=GEZD&issuer=Hearthway%20Gas");
}

TEST(RecoveryCode, TenAreMadeOfTheCookieAndTheSalt)
{
    const auto codes = sign_in::make_recovery_codes("cookie", "salt");
    EXPECT_EQ(codes.size(), 10U);
    EXPECT_EQ(std::set<std::string>(codes.begin(), codes.end()).size(), 10U);
    for (const std::string& code : codes)
        EXPECT_THAT(code, testing::MatchesRegex("[0-9a-hjkmnp-tv-z]{4}-[0-9a-hjkmnp-tv-z]{4}"));
    EXPECT_EQ(codes, sign_in::make_recovery_codes("cookie", "salt"));
    EXPECT_NE(codes, sign_in::make_recovery_codes("other", "salt"));
    EXPECT_NE(codes, sign_in::make_recovery_codes("cookie", "other"));
}

TEST(RecoveryCode, IsHashedAsPeopleTypeIt)
{
    const std::string salt = "salt-of-a-test";
    const std::string hash = sign_in::hash_recovery_code("4k7m-0q1x", salt);
    EXPECT_EQ(sign_in::hash_recovery_code(" 4K7M OQLX", salt), hash);
    EXPECT_NE(sign_in::hash_recovery_code("4k7m-0q1y", salt), hash);
    EXPECT_NE(sign_in::hash_recovery_code("4k7m-0q1x", "another-salt"), hash);
    EXPECT_THAT(hash, testing::Not(testing::HasSubstr("4k7m")));
}

} // namespace
