#include "base/crypto.hpp"

#include <gtest/gtest.h>
#include <set>
#include <thread>

namespace {

constexpr std::string_view empty_digest = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
constexpr std::string_view abc_digest = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

TEST(Sha256, MatchesTheStandardsVectors)
{
    EXPECT_EQ(base::hex(base::sha256("")), empty_digest);
    EXPECT_EQ(base::hex(base::sha256({})), empty_digest);
    EXPECT_EQ(base::hex(base::sha256("abc")), abc_digest);
    EXPECT_EQ(base::hex(base::sha256(std::string(1'000'000, 'a'))),
        "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST(Sha256, EveryThreadGetsTheSameAnswer)
{
    std::string elsewhere;
    std::thread([&elsewhere] { elsewhere = base::hex(base::sha256("abc")); }).join();
    EXPECT_EQ(elsewhere, abc_digest);
}

TEST(Sha256Stream, PiecesGiveTheDigestOfTheWhole)
{
    base::Sha256Stream stream;
    stream.update("a");
    stream.update("");
    stream.update("bc");
    EXPECT_EQ(base::hex(stream.finish()), abc_digest);
    EXPECT_EQ(base::hex(base::Sha256Stream().finish()), empty_digest);
}

TEST(HmacSha256, MatchesRfc4231)
{
    EXPECT_EQ(base::hex(base::hmac_sha256("Jefe", "what do ya want for nothing?")),
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    EXPECT_EQ(base::hex(base::hmac_sha256(std::string(20, '\x0b'), "Hi There")),
        "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
    EXPECT_EQ(base::hex(base::hmac_sha256(
                  std::string(131, '\xaa'), "Test Using Larger Than Block-Size Key - Hash Key First")),
        "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}

TEST(HmacSha256, AnEmptyKeyIsNotThePreviousKey)
{
    base::hmac_sha256("secret", "text");
    EXPECT_EQ(base::hex(base::hmac_sha256({}, {})), "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad");
}

TEST(RandomBytes, AreAsManyAsAskedAndNotTheSameTwice)
{
    EXPECT_EQ(base::random_bytes(0), "");
    EXPECT_EQ(base::random_bytes(1000).size(), 1000U);
    EXPECT_NE(base::random_bytes(32), base::random_bytes(32));
}

TEST(RandomToken, IsUrlSafeAndUnique)
{
    std::set<std::string> tokens;
    for (int i = 0; i < 1000; ++i) {
        const std::string token = base::random_token();
        ASSERT_EQ(token.size(), 22U);
        ASSERT_EQ(token.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"),
            std::string::npos);
        tokens.insert(token);
    }
    EXPECT_EQ(tokens.size(), 1000U);
    EXPECT_EQ(base::random_token(32).size(), 43U);
}

TEST(Hex, IsLowerCase)
{
    EXPECT_EQ(base::hex(std::string_view("\x00\x7f\xff\xa5", 4)), "007fffa5");
}

TEST(Base64Url, HasItsOwnAlphabetAndNoPadding)
{
    EXPECT_EQ(base::base64url("\xfb\xff\xfe"), "-__-");
    EXPECT_EQ(base::base64url("f"), "Zg");
    EXPECT_EQ(base::base64url(""), "");
}

TEST(ConstantTimeEqual, IsTrueForEqualTextOnly)
{
    EXPECT_TRUE(base::constant_time_equal("", ""));
    EXPECT_TRUE(base::constant_time_equal({}, ""));
    EXPECT_TRUE(base::constant_time_equal("token", std::string("token")));
    EXPECT_FALSE(base::constant_time_equal("token", "tokem"));
    EXPECT_FALSE(base::constant_time_equal("token", "Token"));
    EXPECT_FALSE(base::constant_time_equal("token", "toke"));
    EXPECT_FALSE(base::constant_time_equal("toke", "token"));
    EXPECT_FALSE(base::constant_time_equal("", "x"));
    EXPECT_FALSE(base::constant_time_equal(std::string_view("a\0b", 3), std::string_view("a\0c", 3)));
}

} // namespace
