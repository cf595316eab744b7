#pragma once

#include "actions/sign_in.hpp"
#include "base/time.hpp"
#include "base/visitor.hpp"
#include "sign_in/provider/identity.hpp"
#include "sign_in/provider/started_sign_in.hpp"
#include "sign_in/session.hpp"

#include <cstdint>
#include <optional>
#include <string_view>

namespace actions {

/// Remember that somebody leaves for the provider.
void leave_for_provider(db::Transaction& tx, const sign_in::WayBack& way, const sign_in::StartedSignIn& started);
/// Somebody comes back, once. Nothing when the sign-in was used before, began in another browser or took too long.
std::optional<sign_in::StartedSignIn> return_from_provider(
    db::Transaction& tx, const sign_in::WayBack& way, base::Time now);

/// Whom the provider let in, and what the settings make of it.
struct ProvidedUser
{
    sign_in::ProviderIdentity identity;
    /// What the provider calls the user; taken only if it is free and fit for a user name.
    std::string_view username = {};
    std::string_view first_name = {};
    std::string_view last_name = {};
    /// Empty unless the provider has verified it.
    std::string_view verified_email = {};
    /// Of the groups; nothing when none of them has one.
    std::optional<base::Role> role = {};
    /// The user of the staff who alone has the verified email may be meant.
    bool may_link_by_email = false;
};
struct SignInByProvider
{
    const ProvidedUser& user;
    /// Says too whether the provider asked for a second factor, and when for the password.
    sign_in::Browser browser = {};
    /// As in BeginSession.
    std::string_view device = {};
    /// Whoever has this role shows a second factor: ours, if the provider did not ask for one.
    std::optional<base::Role> factor_from = {};
    base::Time at{};
};
struct SignedInByProvider
{
    enum class Outcome : std::uint8_t
    {
        /// There is a session, or a pending sign-in that waits for a code.
        Begun,
        /// No group gives a role. Sessions of a user that there is have ended.
        NoRole,
        Inactive,
        /// The groups would leave the site without an administrator.
        LastAdministrator
    };
    Outcome outcome = Outcome::Begun;
    BegunSignIn begun = {};
    /// Zero when there is none and none was made.
    UserId user = {};
    /// What the groups say.
    base::Role role = base::Role::Customer;
    /// The role before, if it changed.
    std::optional<base::Role> role_before = {};
    /// A user that there was before signed in at the provider for the first time.
    bool is_linked = false;
};
/// Sign somebody in whom the provider let in: find or make the user, give the role of the groups (as change_user()
/// does), begin the session. Throws db::ConstraintViolation when another sign-in of the same person was faster, and
/// Unavailable when somebody changed the user meanwhile: try again.
SignedInByProvider sign_in_by_provider(db::Transaction& tx, const SignInByProvider& input);

} // namespace actions
