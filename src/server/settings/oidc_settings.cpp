#include "server/settings/oidc_settings.hpp"

#include "base/text.hpp"
#include "server/settings/values.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <vector>

namespace server {

namespace {

/// "gas-desk=representative". A group may hold "=", as distinguished names do.
oidc::GroupRole read_group(const std::string& item)
{
    const std::size_t mark = item.rfind('=');
    if (mark == std::string::npos)
        throw UsageError(fmt::format("\"{}\" is not GROUP=ROLE", item));
    const std::string group(base::trim(std::string_view(item).substr(0, mark)));
    const std::size_t role =
        checked_choice(std::string_view(item).substr(mark + 1), {"representative", "supervisor", "administrator"});
    if (group.empty())
        throw UsageError(fmt::format("\"{}\" names no group in front of \"=\"", item));
    constexpr std::array roles{base::Role::Representative, base::Role::Supervisor, base::Role::Administrator};
    return {.group = group, .role = roles.at(role)};
}

} // namespace

void apply_oidc_issuer(Config& config, std::string_view text)
{
    const std::string issuer = checked_word(text);
    if (issuer == "none") {
        config.oidc.issuer.clear();
        return;
    }
    if (!oidc::is_safe_url(issuer) || issuer.find('?') != std::string::npos)
        throw UsageError(
            "must be the issuer as the provider writes it: https://HOST or https://HOST/PATH, without \"?\" "
            "and \"#\"; http:// only for this machine");
    config.oidc.issuer = issuer;
}

void apply_oidc_client_id(Config& config, std::string_view text)
{
    config.oidc.client_id = checked_text(text);
}

void apply_oidc_client_secret(Config& config, std::string_view text)
{
    config.oidc.client_secret = checked_word(text);
}

void apply_oidc_client_secret_file(Config& config, std::string_view text)
{
    config.oidc.client_secret = secret_in_file(text);
}

void apply_oidc_name(Config& config, std::string_view text)
{
    config.oidc.name = checked_text(text);
}

void apply_oidc_group_claim(Config& config, std::string_view text)
{
    config.oidc.group_claim = checked_text(text);
}

void apply_oidc_groups(Config& config, std::string_view text)
{
    std::vector<oidc::GroupRole> groups;
    for (const std::string& item : list_items(text))
        groups.push_back(read_group(item));
    config.oidc.groups = std::move(groups);
}

void apply_oidc_link_by_email(Config& config, std::string_view text)
{
    config.oidc.links_by_email = checked_switch(text);
}

void apply_oidc_ca_file(Config& config, std::string_view text)
{
    config.oidc.ca_file = checked_text(text);
}

void apply_local_sign_in(Config& config, std::string_view text)
{
    constexpr std::array rules{sign_in::LocalSignIn::All, sign_in::LocalSignIn::Administrators};
    config.local_sign_in = rules.at(checked_choice(text, {"all", "administrators"}));
}

void require_oidc_settings(const Config& config)
{
    if (!config.oidc.is_on()) {
        if (config.local_sign_in != sign_in::LocalSignIn::All)
            throw UsageError("local_sign_in: without oidc_issuer only administrators could sign in of all the staff");
        return;
    }
    if (config.oidc.client_id.empty())
        throw UsageError("oidc_issuer: it needs oidc_client_id, which the provider gives this site");
    if (config.mail.site_url.empty())
        throw UsageError("oidc_issuer: it needs site_url, the origin that the provider sends browsers back to, such as "
                         "https://gas.example");
    if (config.oidc.groups.empty())
        throw UsageError("oidc_issuer: it needs oidc_groups, such as gas-desk=representative, or nobody gets a role");
}

} // namespace server
