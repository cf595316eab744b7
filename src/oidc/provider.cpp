#include "oidc/provider.hpp"

#include "base/crypto.hpp"
#include "base/url_encoding.hpp"
#include "oidc/refused.hpp"

#include <fmt/format.h>
#include <openssl/evp.h>

#include <algorithm>
#include <utility>

namespace oidc {

namespace {

constexpr std::chrono::minutes renewal_pause{1};
constexpr long ok = 200;
constexpr long server_errors = 500;

std::string text_of(const base::JsonValue& json, std::string_view member)
{
    const auto* found = json.find(member);
    return found == nullptr || found->text() == nullptr ? std::string() : *found->text();
}

bool lists(const base::JsonValue& json, std::string_view member, std::string_view word)
{
    const auto* found = json.find(member);
    const auto* list = found == nullptr ? nullptr : found->list();
    return list != nullptr && std::ranges::any_of(*list, [&](const base::JsonValue& one) {
        return one.text() != nullptr && *one.text() == word;
    });
}

std::string url_of(const base::JsonValue& json, std::string_view member)
{
    std::string url = text_of(json, member);
    if (!is_safe_url(url))
        throw Refused(Reason::Unavailable, fmt::format("its {} is no https URL", member));
    return url;
}

base::JsonValue fetch_json(const HttpClient& http, const std::string& url)
{
    const HttpAnswer answer = http.get(url);
    if (answer.status == 0)
        throw Refused(Reason::Unavailable, fmt::format("{}: {}", url, answer.failure));
    if (answer.status != ok)
        throw Refused(Reason::Unavailable, fmt::format("{} answers with status {}", url, answer.status));
    auto json = base::parse_json(answer.body);
    if (!json)
        throw Refused(Reason::Unavailable, fmt::format("{} does not answer with JSON", url));
    return std::move(*json);
}

std::string base64(std::string_view text)
{
    std::string encoded(4 * ((text.size() + 2) / 3) + 1, '\0');
    const int length = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(encoded.data()),
        reinterpret_cast<const unsigned char*>(text.data()), static_cast<int>(text.size()));
    encoded.resize(static_cast<std::size_t>(length));
    return encoded;
}

std::string challenge_of(const std::string& verifier)
{
    const base::Sha256 digest = base::sha256(verifier);
    return base::base64url({reinterpret_cast<const char*>(digest.data()), digest.size()});
}

/// The provider's word for what went wrong; what it says besides may hold anything.
std::string error_of(const HttpAnswer& answer)
{
    constexpr std::size_t longest = 40;
    const auto json = base::parse_json(answer.body);
    const std::string error = json ? text_of(*json, "error") : std::string();
    const bool is_word = !error.empty() && error.size() <= longest &&
                         error.find_first_not_of("abcdefghijklmnopqrstuvwxyz_") == std::string::npos;
    return is_word ? error : fmt::format("status {}", answer.status);
}

} // namespace

Provider::Provider(Settings settings, const base::Clock& clock)
    : settings_(std::move(settings)),
      clock_(clock),
      http_(settings_),
      metadata_(clock, [this] { return fetch_metadata(); }),
      keys_(clock, [this] { return fetch_keys(); })
{}

Provider::Metadata Provider::fetch_metadata() const
{
    std::string_view base = settings_.issuer;
    if (base.ends_with('/'))
        base.remove_suffix(1);
    const base::JsonValue json = fetch_json(http_, fmt::format("{}/.well-known/openid-configuration", base));
    if (text_of(json, "issuer") != settings_.issuer)
        throw Refused(Reason::Unavailable,
            fmt::format("it names itself another issuer than oidc_issuer, \"{}\": write it exactly so",
                base::percent_encode(text_of(json, "issuer"), ":/")));
    const auto* names = json.find("authorization_response_iss_parameter_supported");
    const bool has_methods = json.find("token_endpoint_auth_methods_supported") != nullptr;
    return {.authorization_endpoint = url_of(json, "authorization_endpoint"),
        .token_endpoint = url_of(json, "token_endpoint"),
        .keys_url = url_of(json, "jwks_uri"),
        .names_issuer = names != nullptr && names->boolean().value_or(false),
        .takes_secret_in_form =
            has_methods && !lists(json, "token_endpoint_auth_methods_supported", "client_secret_basic"),
        .has_group_scope = lists(json, "scopes_supported", "groups")};
}

Keys Provider::fetch_keys()
{
    const std::string url = metadata_.get()->keys_url;
    const HttpAnswer answer = http_.get(url);
    auto keys = answer.status == ok ? Keys::parse(answer.body) : std::nullopt;
    if (!keys)
        throw Refused(
            Reason::Unavailable, fmt::format("{} does not answer with keys: {}", url,
                                     answer.status == 0 ? answer.failure : fmt::format("status {}", answer.status)));
    return std::move(*keys);
}

std::string Provider::departure_url(const Departure& departure)
{
    const auto metadata = metadata_.get();
    const bool wants_groups = metadata->has_group_scope && settings_.group_claim == "groups";
    base::FormFields query{{"response_type", "code"}, {"client_id", settings_.client_id},
        {"redirect_uri", settings_.redirect_url},
        {"scope", wants_groups ? "openid profile email groups" : "openid profile email"}, {"state", departure.state},
        {"nonce", departure.nonce}, {"code_challenge", challenge_of(departure.verifier)},
        {"code_challenge_method", "S256"}};
    if (departure.is_again) {
        query.emplace_back("prompt", "login");
        query.emplace_back("max_age", "0");
    }
    const std::string& endpoint = metadata->authorization_endpoint;
    return endpoint + (endpoint.find('?') == std::string::npos ? '?' : '&') + base::encode_form(query);
}

std::string Provider::fetch_id_token(const Metadata& metadata, const Arrival& arrival) const
{
    base::FormFields form{{"grant_type", "authorization_code"}, {"code", std::string(arrival.code)},
        {"redirect_uri", settings_.redirect_url}, {"code_verifier", std::string(arrival.verifier)}};
    std::string authorization;
    if (settings_.client_secret.empty() || metadata.takes_secret_in_form) {
        form.emplace_back("client_id", settings_.client_id);
        if (!settings_.client_secret.empty())
            form.emplace_back("client_secret", settings_.client_secret);
    } else {
        authorization = "Basic " + base64(base::percent_encode(settings_.client_id) + ':' +
                                          base::percent_encode(settings_.client_secret));
    }
    const HttpAnswer answer = http_.post(metadata.token_endpoint, base::encode_form(form), authorization);
    if (answer.status == 0 || answer.status >= server_errors)
        throw Refused(Reason::Unavailable,
            fmt::format("{}: {}", metadata.token_endpoint, answer.status == 0 ? answer.failure : error_of(answer)));
    if (answer.status != ok)
        throw Refused(Reason::Code, fmt::format("the provider does not take the code: {}", error_of(answer)));
    const auto json = base::parse_json(answer.body);
    std::string token = json ? text_of(*json, "id_token") : std::string();
    if (token.empty())
        throw Refused(Reason::Malformed, "the provider gives no ID token");
    return token;
}

void Provider::check_signature(const Jws& token)
{
    const auto algorithm = parse_algorithm(token.algorithm);
    if (!algorithm)
        throw Refused(Reason::Algorithm, "the token is signed by another algorithm than RS256 and ES256");
    auto keys = keys_.get();
    if (!keys->knows(token, *algorithm))
        keys = keys_.renew(renewal_pause);
    if (!keys->knows(token, *algorithm))
        throw Refused(Reason::UnknownKey, "the token is signed with a key that the provider does not list");
    if (!keys->has_signed(token, *algorithm))
        throw Refused(Reason::Signature, "the token's signature is wrong");
}

Identity Provider::redeem(const Arrival& arrival)
{
    const auto metadata = metadata_.get();
    const bool is_named = !arrival.issuer.empty();
    if (is_named ? arrival.issuer != settings_.issuer : metadata->names_issuer)
        throw Refused(Reason::Issuer, "the answer is of another provider");
    const auto token = parse_jws(fetch_id_token(*metadata, arrival));
    if (!token)
        throw Refused(Reason::Malformed, "the ID token cannot be read");
    check_signature(*token);
    return read_id_token(token->payload, {.issuer = settings_.issuer,
                                             .client_id = settings_.client_id,
                                             .nonce = arrival.nonce,
                                             .group_claim = settings_.group_claim,
                                             .now = clock_.now()});
}

std::size_t Provider::probe()
{
    const std::size_t count = keys_.get()->size();
    if (count == 0)
        throw Refused(Reason::Unavailable, "the provider lists no key for RS256 (RSA, 2048 bits) or ES256 (P-256)");
    return count;
}

} // namespace oidc
