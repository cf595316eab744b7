#pragma once
// What a user signs in with: the stored hash.

#include "base/time.hpp"
#include "db/connection.hpp"
#include "users/user.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace users {

/// What the sign-in form needs of a user name.
struct Credentials
{
    User user;
    std::string password_hash;
    /// Of a temporary password; it lets nobody in from then on.
    std::optional<base::Time> temporary_until = {};

    bool has_ended(base::Time now) const { return temporary_until && now >= *temporary_until; }
};
/// By user name in any spelling, as find_user(), else by the email: that of the one active user who has shown to read
/// its mail, or else of the only one who has it. Nothing when it is unknown or inactive.
std::optional<Credentials> find_credentials(db::Connection& db, std::string_view username);
/// The hash of one user for each kind of hash that `kind_of` tells apart (sign_in::kind_of_hash()), at most eight, of
/// those that are not of today's kind. Kinds that it says nothing of are left out.
std::vector<std::string> list_hash_kinds(
    db::Connection& db, const std::function<std::string_view(std::string_view)>& kind_of);
/// The stored hash, for checking a password. Throws NotFound.
std::string password_hash_of(db::Connection& db, UserId id);

/// Clear the count and store the fresh hash (empty: none). False, and nothing is done, when the password was changed or
/// the user deactivated since these credentials were found: what was checked no longer counts.
bool note_right_password(db::Transaction& tx, const Credentials& checked, std::string_view fresh_hash);
/// Lock the user's row until the end of the transaction. False when another hash is stored by now than the one that was
/// checked before it.
bool still_has_password(db::Transaction& tx, UserId id, std::string_view checked_hash);

/// Lock the user's row until the end of the transaction. Throws NotFound.
void lock_user(db::Transaction& tx, UserId id);

/// Store a new hash and clear the wrong passwords. One with an end is temporary: it must be changed at the next
/// sign-in, which comes before the end. Throws NotFound.
void set_password(db::Transaction& tx, UserId id, std::string_view password_hash,
    std::optional<base::Time> temporary_until = std::nullopt);

} // namespace users
