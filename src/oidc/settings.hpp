#pragma once
// oidc/ lets the staff sign in at a provider of OpenID Connect: the authorization code flow with PKCE (OpenID Connect
// Core 1.0, RFC 7636, RFC 9207). It asks the provider and checks what it answers; it knows no user and no database.

#include "base/visitor.hpp"

#include <chrono>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace oidc {

/// Whoever is in the group has the role.
struct GroupRole
{
    std::string group;
    base::Role role = base::Role::Representative;
};

struct Settings
{
    /// "https://login.example/realms/gas"; empty: nobody signs in at a provider.
    std::string issuer = {};
    std::string client_id = {};
    /// Empty: a public client, which PKCE alone protects.
    std::string client_secret = {};
    /// A file of certificates to trust instead of the machine's; empty for those.
    std::string ca_file = {};
    /// What people call the provider; empty: "your work account".
    std::string name = {};
    /// The claim that holds the groups, also one inside of another: "realm_access.roles".
    std::string group_claim = "groups";
    std::vector<GroupRole> groups = {};
    /// A new subject becomes the user of the staff who alone has its verified email.
    bool links_by_email = false;
    /// Where the provider sends browsers back to.
    std::string redirect_url = {};

    std::chrono::milliseconds connect_timeout{2000};
    /// One request to the provider from beginning to end.
    std::chrono::milliseconds timeout{5000};

    bool is_on() const { return !issuer.empty(); }
};

/// True for https://HOST… and, on this machine only, http://HOST…: no user, no fragment, no blanks.
bool is_safe_url(std::string_view url);
/// True when the host is this machine.
bool is_loopback_url(std::string_view url);
/// The highest role that one of the groups gives; nothing when none does.
std::optional<base::Role> role_of_groups(std::span<const GroupRole> roles, std::span<const std::string> groups);

} // namespace oidc
