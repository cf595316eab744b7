#include "oidc/provider.hpp"

#include "base/crypto.hpp"
#include "base/url_encoding.hpp"
#include "oidc/refused.hpp"
#include "support/fake_clock.hpp"
#include "support/fake_provider.hpp"

#include <fmt/format.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace {

using namespace std::chrono_literals;
using oidc::Reason;
using support::FakeProvider;
using support::SigningKey;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

class OidcProvider : public testing::Test
{
  protected:
    OidcProvider() { restart(); }

    /// A server of ours that has asked for nothing yet.
    void restart() { site = std::make_unique<oidc::Provider>(there.settings(), clock); }
    std::string leave()
    {
        return site->departure_url({.state = "the-state", .nonce = "the-nonce", .verifier = verifier});
    }
    std::string code_of(const std::string& path)
    {
        for (const auto& [name, value] : base::decode_form(path.substr(path.find('?') + 1)))
            if (name == "code")
                return value;
        return {};
    }
    oidc::Identity sign_in()
    {
        const std::string code = code_of(there.let_in(leave()));
        return site->redeem({.code = code, .nonce = "the-nonce", .verifier = verifier});
    }
    /// "signature", or "let in".
    std::string outcome(const std::function<void()>& work)
    {
        try {
            work();
            return "let in";
        } catch (const oidc::Refused& refused) {
            said = refused.what();
            return std::string(oidc::reason_name(refused.reason));
        }
    }
    std::string outcome()
    {
        return outcome([&] { sign_in(); });
    }
    static std::string seconds(base::Time time)
    {
        return std::to_string(std::chrono::floor<std::chrono::seconds>(time).time_since_epoch().count());
    }

    const std::string verifier = "a-verifier-of-at-least-43-characters-as-RFC-7636-wants";
    support::FakeClock clock;
    FakeProvider there{clock};
    std::unique_ptr<oidc::Provider> site;
    std::string said;
};

TEST_F(OidcProvider, LetsInWithBothAlgorithmsAndSaysWho)
{
    there.claims["email"] = R"("nina@gas.example")";
    there.claims["email_verified"] = "true";
    there.claims["amr"] = R"(["pwd","otp"])";
    there.claims["auth_time"] = seconds(clock.now() - 30min);
    const oidc::Identity nina = sign_in();
    EXPECT_EQ(nina.issuer, there.issuer());
    EXPECT_EQ(nina.subject, "u-1");
    EXPECT_EQ(nina.username, "nina");
    EXPECT_EQ(nina.first_name, "Nina");
    EXPECT_EQ(nina.last_name, "Ruiz");
    EXPECT_EQ(nina.verified_email, "nina@gas.example");
    EXPECT_THAT(nina.groups, ElementsAre("everybody", "desk"));
    EXPECT_TRUE(nina.has_second_factor);
    EXPECT_EQ(nina.proved_at, clock.now() - 30min);

    there.algorithm = "ES256";
    there.key_id = "ec";
    EXPECT_EQ(outcome(), "let in");
    there.key_id = "";
    EXPECT_EQ(outcome(), "let in");
}

TEST_F(OidcProvider, SendsTheBrowserWithPkceStateAndNonce)
{
    const std::string url = leave();
    EXPECT_THAT(url, testing::StartsWith(there.issuer() + "/authorize?response_type=code&client_id=gas-utility&"));
    EXPECT_THAT(url,
        AllOf(HasSubstr("redirect_uri=https%3A%2F%2Fgas.example%2Faccounts%2Flogin%2Fprovider%2Fback%2F"),
            HasSubstr("scope=openid%20profile%20email&"), HasSubstr("state=the-state"), HasSubstr("nonce=the-nonce"),
            HasSubstr("code_challenge_method=S256"), Not(HasSubstr(verifier)), Not(HasSubstr("prompt"))));
    EXPECT_THAT(site->departure_url({.state = "s", .nonce = "n", .verifier = verifier, .is_again = true}),
        HasSubstr("prompt=login&max_age=0"));
    there.metadata["scopes_supported"] = R"(["openid","groups"])";
    there.metadata["authorization_endpoint"] = fmt::format("\"{}/authorize?tenant=1\"", there.issuer());
    restart();
    EXPECT_THAT(leave(), AllOf(HasSubstr("/authorize?tenant=1&response_type=code&"), HasSubstr("%20groups&")));
}

TEST_F(OidcProvider, RefusesATokenThatIsNotMeantForThisSignIn)
{
    struct Wrong
    {
        const char* claim;
        std::string value;
        const char* reason;
    };
    const base::Time now = clock.now();
    for (const Wrong& wrong : std::vector<Wrong>{{"iss", R"("https://evil.example")", "issuer"}, {"iss", "", "issuer"},
             {"aud", R"("another-client")", "audience"}, {"aud", R"(["another-client"])", "audience"},
             {"aud", R"(["gas-utility","another-client"])", "audience"}, {"aud", "", "audience"},
             {"azp", R"("another-client")", "audience"}, {"azp", "1", "audience"}, {"nonce", R"("another")", "nonce"},
             {"nonce", "", "nonce"}, {"exp", seconds(now - 60s), "expired"}, {"exp", "", "malformed"},
             {"exp", R"("tomorrow")", "malformed"}, {"iat", "", "malformed"}, {"iat", seconds(now + 62s), "age"},
             {"iat", seconds(now - 662s), "age"}, {"nbf", seconds(now + 62s), "age"}, {"sub", "", "malformed"},
             {"sub", R"("")", "malformed"}, {"sub", "7", "malformed"}}) {
        const auto before = there.claims;
        there.claims[wrong.claim] = wrong.value;
        EXPECT_EQ(outcome(), wrong.reason) << wrong.claim << ": " << wrong.value;
        there.claims = before;
    }
    EXPECT_EQ(outcome(), "let in");
}

TEST_F(OidcProvider, TakesAMinuteBetweenTheClocksAndASecondAudienceThatSaysWhoAsked)
{
    there.claims["exp"] = seconds(clock.now() - 59s);
    there.claims["iat"] = seconds(clock.now() - 659s);
    EXPECT_EQ(outcome(), "let in");
    there.claims["exp"] = seconds(clock.now() + 1h) + ".75";
    there.claims["iat"] = seconds(clock.now() + 59s);
    there.claims["aud"] = R"(["another-client","gas-utility"])";
    there.claims["azp"] = R"("gas-utility")";
    EXPECT_EQ(outcome(), "let in");
}

TEST_F(OidcProvider, RefusesOtherAlgorithms)
{
    for (const char* algorithm : {"none", "None", "HS256", "RS384", "PS256", "ES384", "EdDSA", ""}) {
        there.algorithm = algorithm;
        EXPECT_EQ(outcome(), "algorithm") << algorithm;
    }
    there.algorithm = "none";
    there.make_token = [](const std::string& header, const std::string& payload) {
        return support::unsigned_token(header, payload);
    };
    EXPECT_EQ(outcome(), "algorithm");
    there.algorithm = "RS256";
    EXPECT_EQ(outcome(), "signature");
}

TEST_F(OidcProvider, TakesNoPublicKeyForASharedSecret)
{
    there.algorithm = "HS256";
    there.make_token = [](const std::string& header, const std::string& payload) {
        const std::string text = base::base64url(header) + '.' + base::base64url(payload);
        const auto code = base::hmac_sha256(FakeProvider::rsa().jwk(), text);
        return support::unsigned_token(header, payload, {reinterpret_cast<const char*>(code.data()), code.size()});
    };
    EXPECT_EQ(outcome(), "algorithm");
    // Nor the key of one algorithm for the other.
    there.make_token = nullptr;
    there.algorithm = "RS256";
    there.key_id = "ec";
    EXPECT_EQ(outcome(), "unknown_key");
    there.algorithm = "ES256";
    there.key_id = "rsa";
    EXPECT_EQ(outcome(), "unknown_key");
}

TEST_F(OidcProvider, RefusesAWrongSignature)
{
    const SigningKey other(SigningKey::Kind::Rsa, "rsa");
    const SigningKey other_ec(SigningKey::Kind::P256, "ec");
    there.make_token = [&](const std::string& header, const std::string& payload) {
        return other.token(header, payload);
    };
    EXPECT_EQ(outcome(), "signature");
    there.algorithm = "ES256";
    there.key_id = "ec";
    there.make_token = [&](const std::string& header, const std::string& payload) {
        return other_ec.token(header, payload);
    };
    EXPECT_EQ(outcome(), "signature");
    there.make_token = [](const std::string& header, const std::string& payload) {
        return support::unsigned_token(header, payload, std::string(64, '\0'));
    };
    EXPECT_EQ(outcome(), "signature");
    there.make_token = [](const std::string& header, const std::string& payload) {
        std::string token = FakeProvider::ec().token(header, payload);
        const std::size_t dot = token.find('.');
        token.replace(dot + 1, token.rfind('.') - dot - 1, base::base64url(R"({"sub":"somebody-else"})"));
        return token;
    };
    EXPECT_EQ(outcome(), "signature");
}

TEST_F(OidcProvider, RefusesWhatIsNoToken)
{
    for (const char* token : {"", "a", "a.b", "a.b.c", "e30.e30", "e30.e30.!", "e30.e30.AA.AA",
             "eyJhbGciOiJSUzI1NiJ9.bm8.AA", "eyJhbGciOiJSUzI1NiJ9=.e30.AA"}) {
        there.make_token = [&](const std::string&, const std::string&) { return std::string(token); };
        EXPECT_EQ(outcome(), "malformed") << token;
    }
    there.make_token = [](const std::string&, const std::string& payload) {
        return FakeProvider::rsa().token(R"({"alg":"RS256","kid":"rsa","crit":["b64"],"b64":false})", payload);
    };
    EXPECT_EQ(outcome(), "malformed");
}

TEST_F(OidcProvider, UsesNoWeakOrForeignKeys)
{
    const SigningKey small(SigningKey::Kind::SmallRsa, "rsa");
    const SigningKey long_ec(SigningKey::Kind::P384, "ec");
    const std::string rsa = FakeProvider::rsa().jwk(R"("use":"enc",)");
    there.keys = {small.jwk(), long_ec.jwk(), rsa, FakeProvider::rsa().jwk(R"("alg":"PS256",)"),
        R"({"kty":"oct","kid":"rsa","k":"c2VjcmV0"})", R"({"kty":"EC","crv":"P-256","kid":"ec","x":"AA","y":"AA"})",
        R"({"kty":"RSA","kid":"rsa","n":"!","e":"AQAB"})", "7"};
    EXPECT_EQ(outcome(), "unknown_key");
    EXPECT_EQ(outcome([&] { site->probe(); }), "unavailable");
    // A point that is on no curve.
    there.keys = {R"({"kty":"EC","crv":"P-256","kid":"ec","x":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAE",)"
                  R"("y":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAE"})"};
    restart();
    EXPECT_EQ(outcome([&] { site->probe(); }), "unavailable");
    there.keys = {FakeProvider::rsa().jwk(), FakeProvider::ec().jwk()};
    restart();
    EXPECT_EQ(site->probe(), 2U);
}

TEST_F(OidcProvider, AsksForNewKeysAtMostOnceAMinute)
{
    EXPECT_EQ(outcome(), "let in");
    EXPECT_EQ(there.count("/keys"), 1U);
    const SigningKey fresh(SigningKey::Kind::P256, "fresh");
    there.keys = {fresh.jwk()};
    there.algorithm = "ES256";
    there.key_id = "fresh";
    there.make_token = [&](const std::string& header, const std::string& payload) {
        return fresh.token(header, payload);
    };
    EXPECT_EQ(outcome(), "let in");
    EXPECT_EQ(there.count("/keys"), 2U);
    there.key_id = "none-such";
    EXPECT_EQ(outcome(), "unknown_key");
    EXPECT_EQ(outcome(), "unknown_key");
    EXPECT_EQ(there.count("/keys"), 2U);
    clock.advance(61s);
    EXPECT_EQ(outcome(), "unknown_key");
    EXPECT_EQ(outcome(), "unknown_key");
    EXPECT_EQ(there.count("/keys"), 3U);
}

TEST_F(OidcProvider, AsksForTheMetadataOnceAnHourAndOutlivesAnOutage)
{
    leave();
    leave();
    EXPECT_EQ(there.count("/.well-known/"), 1U);
    clock.advance(61min);
    leave();
    EXPECT_EQ(there.count("/.well-known/"), 2U);
    there.answer_instead = support::ScriptedServer::answer(500, "down");
    clock.advance(61min);
    leave();
    leave();
    EXPECT_EQ(there.count("/.well-known/"), 3U) << "nobody asks again within five seconds";
    clock.advance(25h);
    EXPECT_EQ(outcome([&] { leave(); }), "unavailable");
    there.answer_instead.clear();
    clock.advance(6s);
    EXPECT_EQ(outcome(), "let in");
}

TEST_F(OidcProvider, TakesEachCodeOnceAndOnlyFromWhoAskedForIt)
{
    const std::string code = code_of(there.let_in(leave()));
    const auto redeem = [&](std::string_view with) {
        return outcome([&] { site->redeem({.code = code, .nonce = "the-nonce", .verifier = with}); });
    };
    EXPECT_EQ(redeem(verifier), "let in");
    EXPECT_EQ(redeem(verifier), "code");
    const std::string other = code_of(there.let_in(leave()));
    EXPECT_EQ(outcome([&] { site->redeem({.code = other, .nonce = "the-nonce", .verifier = "stolen"}); }), "code");
    EXPECT_THAT(said, AllOf(HasSubstr("invalid_grant"), Not(HasSubstr("secret"))));
    auto wrong = there.settings();
    wrong.client_secret = "wrong";
    site = std::make_unique<oidc::Provider>(wrong, clock);
    EXPECT_EQ(outcome(), "code");
    EXPECT_THAT(said, HasSubstr("invalid_client"));
}

TEST_F(OidcProvider, RefusesAnAnswerOfAnotherProvider)
{
    const auto redeem = [&](const std::string& issuer) {
        const std::string code = code_of(there.let_in(leave()));
        return outcome(
            [&] { site->redeem({.code = code, .issuer = issuer, .nonce = "the-nonce", .verifier = verifier}); });
    };
    EXPECT_EQ(redeem("https://evil.example"), "issuer");
    EXPECT_EQ(redeem(there.issuer()), "let in");
    EXPECT_EQ(redeem(""), "let in");
    there.metadata["authorization_response_iss_parameter_supported"] = "true";
    restart();
    EXPECT_EQ(redeem(""), "issuer");
    EXPECT_EQ(redeem(there.issuer()), "let in");
}

TEST_F(OidcProvider, SaysWhatIsWrongWithTheMetadata)
{
    const auto probe = [&] {
        restart();
        return outcome([&] { site->probe(); });
    };
    there.metadata["issuer"] = R"("https://other.example")";
    EXPECT_EQ(probe(), "unavailable");
    EXPECT_THAT(said, HasSubstr("another issuer than oidc_issuer, \"https://other.example\""));
    there.metadata.clear();
    for (const char* endpoint : {"token_endpoint", "authorization_endpoint", "jwks_uri"}) {
        for (const char* url :
            {"\"http://login.example/\"", "\"javascript:alert(1)\"", "\"https://a@b.example/\"", "7", ""}) {
            there.metadata[endpoint] = url;
            EXPECT_EQ(probe(), "unavailable") << endpoint << url;
            EXPECT_THAT(said, HasSubstr(endpoint));
        }
        there.metadata.erase(endpoint);
    }
    EXPECT_EQ(probe(), "let in");
}

TEST_F(OidcProvider, WaitsAndReadsNoMoreThanItMust)
{
    using support::ScriptedServer;
    for (const std::string& answer : {ScriptedServer::answer(302, "", "Location: https://evil.example/\r\n"),
             ScriptedServer::answer(200, std::string(257 * 1024, ' ')), ScriptedServer::answer(200, "no JSON")}) {
        there.answer_instead = answer;
        restart();
        EXPECT_EQ(outcome([&] { leave(); }), "unavailable") << answer.substr(0, 40);
    }
    there.answer_instead.clear();
    auto settings = there.settings();
    settings.timeout = 200ms;
    site = std::make_unique<oidc::Provider>(settings, clock);
    there.delay = 600ms;
    const auto begun = std::chrono::steady_clock::now();
    EXPECT_EQ(outcome([&] { leave(); }), "unavailable");
    EXPECT_EQ(outcome([&] { leave(); }), "unavailable");
    EXPECT_LT(std::chrono::steady_clock::now() - begun, 2s);
    EXPECT_EQ(there.count("/.well-known/"), 4U) << "the second one does not wait";
}

TEST_F(OidcProvider, FindsGroupsInAListATextAndAnotherClaim)
{
    there.claims["groups"] = R"("leads")";
    EXPECT_THAT(sign_in().groups, ElementsAre("leads"));
    there.claims["groups"] = R"({"desk":true})";
    EXPECT_THAT(sign_in().groups, ElementsAre());
    there.claims["realm_access"] = R"({"roles":["admins",7,"desk"]})";
    auto settings = there.settings();
    settings.group_claim = "realm_access.roles";
    site = std::make_unique<oidc::Provider>(settings, clock);
    EXPECT_THAT(sign_in().groups, ElementsAre("admins", "desk"));
    there.claims["email"] = R"("nina@gas.example")";
    there.claims["email_verified"] = R"("true")";
    EXPECT_EQ(sign_in().verified_email, "");
}

TEST(OidcSettings, OnlyThisMachineIsAskedWithoutTls)
{
    for (const char* url : {"https://login.example", "https://login.example:8443/realms/gas", "http://localhost:9000/",
             "http://127.0.0.1/", "http://[::1]:9000/x"})
        EXPECT_TRUE(oidc::is_safe_url(url)) << url;
    for (const char* url : {"", "http://login.example", "http://127.0.0.1.evil.example/", "http://localhost.example/",
             "https://", "https:///x", "https://a@b.example/", "ftp://login.example", "https://login.example/#x",
             "https://login.example/ x", "https://login.example\\@evil.example", "//login.example"})
        EXPECT_FALSE(oidc::is_safe_url(url)) << url;
}

TEST(OidcSettings, TheHighestRoleCounts)
{
    const std::vector<oidc::GroupRole> roles{{"a", base::Role::Administrator}, {"b", base::Role::Representative}};
    const auto role = [&](std::vector<std::string> groups) { return oidc::role_of_groups(roles, groups); };
    EXPECT_EQ(role({"b", "x", "a"}), base::Role::Administrator);
    EXPECT_EQ(role({"b"}), base::Role::Representative);
    EXPECT_EQ(role({"B", ""}), std::nullopt);
}

} // namespace
