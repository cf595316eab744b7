#include "support/fake_provider.hpp"

#include "base/crypto.hpp"
#include "base/url_encoding.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <thread>
#include <utility>

namespace support {

namespace {

constexpr std::string_view client_id = "gas-utility";
constexpr std::string_view client_secret = "s3cret-of-the-client";
constexpr std::string_view redirect_url = "https://gas.example/accounts/login/provider/back/";
// base64 of "gas-utility:s3cret-of-the-client".
constexpr std::string_view authorization = "Basic Z2FzLXV0aWxpdHk6czNjcmV0LW9mLXRoZS1jbGllbnQ=";

std::map<std::string, std::string> fields_of(std::string_view encoded)
{
    std::map<std::string, std::string> fields;
    for (auto& [name, value] : base::decode_form(encoded))
        fields.emplace(std::move(name), std::move(value));
    return fields;
}

std::string json_of(const std::map<std::string, std::string>& members)
{
    std::vector<std::string> parts;
    for (const auto& [name, value] : members) {
        if (!value.empty())
            parts.push_back(fmt::format("\"{}\":{}", name, value));
    }
    return fmt::format("{{{}}}", fmt::join(parts, ","));
}

std::string json_text(std::string_view text)
{
    return fmt::format("\"{}\"", text);
}

std::string challenge_of(const std::string& verifier)
{
    const base::Sha256 digest = base::sha256(verifier);
    return base::base64url({reinterpret_cast<const char*>(digest.data()), digest.size()});
}

std::string back_with(std::string_view departure_url, base::FormFields fields)
{
    const auto asked = fields_of(departure_url.substr(departure_url.find('?') + 1));
    fields.emplace_back("state", asked.at("state"));
    const std::string& target = asked.at("redirect_uri");
    return target.substr(target.find('/', std::string_view("https://").size())) + '?' + base::encode_form(fields);
}

} // namespace

FakeProvider::FakeProvider(const base::Clock& clock) : clock_(clock)
{
    keys = {rsa().jwk(R"("use":"sig","alg":"RS256",)"), ec().jwk()};
    server_ = std::make_unique<ScriptedServer>([this](const Seen& request) { return serve(request); });
    claims = {{"iss", json_text(issuer())}, {"aud", json_text(client_id)}, {"sub", json_text("u-1")},
        {"preferred_username", json_text("nina")}, {"given_name", json_text("Nina")},
        {"family_name", json_text("Ruiz")}, {"groups", R"(["everybody","desk"])"}};
}

const SigningKey& FakeProvider::rsa()
{
    static const SigningKey key(SigningKey::Kind::Rsa, "rsa");
    return key;
}

const SigningKey& FakeProvider::ec()
{
    static const SigningKey key(SigningKey::Kind::P256, "ec");
    return key;
}

oidc::Settings FakeProvider::settings() const
{
    oidc::Settings settings{.issuer = issuer(),
        .client_id = std::string(client_id),
        .client_secret = std::string(client_secret),
        .groups = {{"desk", base::Role::Representative}, {"leads", base::Role::Supervisor},
            {"admins", base::Role::Administrator}},
        .redirect_url = std::string(redirect_url)};
    return settings;
}

std::string FakeProvider::let_in(std::string_view departure_url)
{
    const std::string code = base::random_token();
    {
        const std::lock_guard lock(mutex_);
        codes_[code].query = fields_of(departure_url.substr(departure_url.find('?') + 1));
    }
    return back_with(departure_url, {{"code", code}});
}

std::string FakeProvider::cancel(std::string_view departure_url, std::string_view error) const
{
    return back_with(departure_url, {{"error", std::string(error)}, {"error_description", "<b>secret</b> words"}});
}

std::size_t FakeProvider::count(std::string_view target) const
{
    std::size_t count = 0;
    for (const Seen& seen : server_->seen())
        count += seen.target.starts_with(target) ? 1 : 0;
    return count;
}

std::string FakeProvider::last_token() const
{
    const std::lock_guard lock(mutex_);
    return last_token_;
}

std::string FakeProvider::serve(const Seen& request)
{
    std::this_thread::sleep_for(delay.load());
    if (!answer_instead.empty())
        return answer_instead;
    if (request.target == "/.well-known/openid-configuration")
        return ScriptedServer::answer(200, metadata_json());
    if (request.target == "/keys")
        return ScriptedServer::answer(200, fmt::format(R"({{"keys":[{}]}})", fmt::join(keys, ",")));
    if (request.target == "/token" && request.method == "POST")
        return redeem(request);
    return ScriptedServer::answer(404, "");
}

std::string FakeProvider::metadata_json() const
{
    std::map<std::string, std::string> all{{"issuer", json_text(issuer())},
        {"authorization_endpoint", json_text(issuer() + "/authorize")},
        {"token_endpoint", json_text(issuer() + "/token")}, {"jwks_uri", json_text(issuer() + "/keys")}};
    for (const auto& [name, value] : metadata)
        all[name] = value;
    return json_of(all);
}

std::string FakeProvider::redeem(const Seen& request)
{
    const auto refuse = [](std::string_view error) {
        return ScriptedServer::answer(400, fmt::format(R"({{"error":"{}","error_description":"a secret"}})", error));
    };
    const std::lock_guard lock(mutex_);
    auto form = fields_of(request.body);
    const auto found = codes_.find(form["code"]);
    const auto sent = request.headers.find("authorization");
    if (sent == request.headers.end() || sent->second != authorization)
        return refuse("invalid_client");
    if (found == codes_.end() || std::exchange(found->second.is_used, true) ||
        form["redirect_uri"] != found->second.query["redirect_uri"] ||
        challenge_of(form["code_verifier"]) != found->second.query["code_challenge"] ||
        found->second.query["code_challenge_method"] != "S256")
        return refuse("invalid_grant");
    last_token_ = token_for(found->second.query["nonce"]);
    return ScriptedServer::answer(200, json_of({{"access_token", json_text("a-secret-token")},
                                           {"token_type", json_text("Bearer")}, {"id_token", json_text(last_token_)}}));
}

std::string FakeProvider::token_for(const std::string& nonce)
{
    const auto now = std::chrono::floor<std::chrono::seconds>(clock_.now()).time_since_epoch().count();
    std::map<std::string, std::string> all{
        {"nonce", json_text(nonce)}, {"iat", std::to_string(now)}, {"exp", std::to_string(now + 300)}};
    for (const auto& [name, value] : claims)
        all[name] = value;
    const std::string header =
        json_of({{"alg", json_text(algorithm)}, {"kid", key_id.empty() ? "" : json_text(key_id)}});
    if (make_token)
        return make_token(header, json_of(all));
    return (algorithm == "ES256" ? ec() : rsa()).token(header, json_of(all));
}

} // namespace support
