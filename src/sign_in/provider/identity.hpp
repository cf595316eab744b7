#pragma once
// sign_in/provider/ is what the site keeps of sign-ins at an OpenID provider (oidc/): whom a subject is here, and who
// is on the way.

#include "base/ids.hpp"
#include "base/time.hpp"
#include "db/connection.hpp"

#include <optional>
#include <string_view>

namespace sign_in {

/// A person as the provider knows it.
struct ProviderIdentity
{
    std::string_view issuer;
    std::string_view subject;
};

std::optional<UserId> find_user_of_identity(db::Connection& db, const ProviderIdentity& identity);
/// The user signs in at a provider.
bool has_identity(db::Connection& db, UserId user);
/// Throws db::ConstraintViolation when it belongs to somebody.
void add_identity(db::Transaction& tx, UserId user, const ProviderIdentity& identity, base::Time now);
/// The user signs in at no provider any more.
void remove_identities(db::Transaction& tx, UserId user);

} // namespace sign_in
