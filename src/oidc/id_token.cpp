#include "oidc/id_token.hpp"

#include "base/crypto.hpp"
#include "base/text.hpp"
#include "oidc/refused.hpp"

#include <algorithm>
#include <array>

namespace oidc {

namespace {

using base::JsonValue;

constexpr std::size_t longest_subject = 255;
constexpr std::size_t longest_name = 150;
constexpr std::size_t longest_email = 254;
constexpr std::size_t most_groups = 1000;

const std::string* text_of(const JsonValue& claims, std::string_view name)
{
    const auto* claim = claims.find(name);
    return claim == nullptr ? nullptr : claim->text();
}

std::string line_of(const JsonValue& claims, std::string_view name, std::size_t longest = longest_name)
{
    const std::string* text = text_of(claims, name);
    if (text == nullptr)
        return {};
    return std::string(base::first_code_points(base::clean_line(*text), longest));
}

std::optional<base::Time> time_of(const JsonValue& claims, std::string_view name)
{
    constexpr std::int64_t latest = 253'402'300'799;
    const auto* claim = claims.find(name);
    const auto seconds = claim == nullptr ? std::nullopt : claim->number();
    if (!seconds || *seconds < 0 || *seconds > latest)
        return std::nullopt;
    return base::Time(std::chrono::seconds(*seconds));
}

/// A text, or a list of texts.
std::vector<std::string> texts_of(const JsonValue* claim)
{
    std::vector<std::string> texts;
    if (claim == nullptr)
        return texts;
    if (const auto* text = claim->text())
        texts.push_back(*text);
    if (const auto* list = claim->list()) {
        for (const JsonValue& element : *list) {
            if (const auto* text = element.text(); text != nullptr && texts.size() < most_groups)
                texts.push_back(*text);
        }
    }
    return texts;
}

/// "groups", or "realm_access.roles" when no claim has this very name.
const JsonValue* find_claim(const JsonValue& claims, std::string_view name)
{
    if (const auto* claim = claims.find(name))
        return claim;
    const std::size_t dot = name.find('.');
    const auto* outer = dot == std::string_view::npos ? nullptr : claims.find(name.substr(0, dot));
    return outer == nullptr ? nullptr : find_claim(*outer, name.substr(dot + 1));
}

void check_audience(const JsonValue& claims, std::string_view client_id)
{
    const auto audience = texts_of(claims.find("aud"));
    if (std::ranges::find(audience, client_id) == audience.end())
        throw Refused(Reason::Audience, "the token is for another client");
    const auto* party = claims.find("azp");
    if (party == nullptr && audience.size() > 1)
        throw Refused(Reason::Audience, "the token is for several clients and does not say which asked for it");
    if (party != nullptr && (party->text() == nullptr || *party->text() != client_id))
        throw Refused(Reason::Audience, "another client asked for the token");
}

void check_times(const JsonValue& claims, base::Time now)
{
    const auto ends = time_of(claims, "exp");
    const auto made = time_of(claims, "iat");
    if (!ends || !made)
        throw Refused(Reason::Malformed, "the token does not say when it was made and ends");
    if (now >= *ends + clock_skew)
        throw Refused(Reason::Expired, "the token has ended; does the provider's clock agree with this machine's?");
    const bool is_early =
        claims.find("nbf") != nullptr && time_of(claims, "nbf").value_or(base::Time::max()) > now + clock_skew;
    if (*made > now + clock_skew || is_early)
        throw Refused(
            Reason::Age, "the token was made in the future; does the provider's clock agree with this machine's?");
    if (*made < now - oldest_token - clock_skew)
        throw Refused(Reason::Age, "the token was made more than 10 minutes ago");
}

bool shows_second_factor(const JsonValue& claims)
{
    constexpr std::array<std::string_view, 3> factors{"mfa", "otp", "hwk"};
    const auto methods = texts_of(claims.find("amr"));
    return std::ranges::find_first_of(methods, factors) != methods.end();
}

std::string verified_email(const JsonValue& claims)
{
    const auto* verified = claims.find("email_verified");
    if (verified == nullptr || !verified->boolean().value_or(false))
        return {};
    const std::string* email = text_of(claims, "email");
    return email == nullptr || email->size() > longest_email ? std::string() : *email;
}

} // namespace

Identity read_id_token(const JsonValue& claims, const Expected& expected)
{
    const std::string* issuer = text_of(claims, "iss");
    if (issuer == nullptr || *issuer != expected.issuer)
        throw Refused(Reason::Issuer, "the token is of another provider");
    check_audience(claims, expected.client_id);
    check_times(claims, expected.now);
    const std::string* nonce = text_of(claims, "nonce");
    if (nonce == nullptr || expected.nonce.empty() || !base::constant_time_equal(*nonce, expected.nonce))
        throw Refused(Reason::Nonce, "the token belongs to another sign-in");
    const std::string* subject = text_of(claims, "sub");
    if (subject == nullptr || subject->empty() || subject->size() > longest_subject)
        throw Refused(Reason::Malformed, "the token names nobody");
    return {.issuer = *issuer,
        .subject = *subject,
        .username = line_of(claims, "preferred_username"),
        .first_name = line_of(claims, "given_name"),
        .last_name = line_of(claims, "family_name"),
        .verified_email = verified_email(claims),
        .groups = texts_of(find_claim(claims, expected.group_claim)),
        .has_second_factor = shows_second_factor(claims),
        .proved_at = time_of(claims, "auth_time")};
}

} // namespace oidc
