#pragma once
// The password was right, and the code of the second factor is still to come. It is no session and opens nothing; only
// the browser that typed the password has its token.

#include "base/ids.hpp"
#include "base/time.hpp"
#include "db/connection.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace sign_in {

inline constexpr std::chrono::minutes pending_for{5};

struct PendingSignIn
{
    UserId user;
    /// The hash that the password was checked against.
    std::string password_hash;
    /// The encoded hash that replaces an outdated one; empty for none.
    std::string fresh_hash;
    /// On a public computer.
    bool is_public = false;
};
/// Returns the token for the cookie.
std::string add_pending_sign_in(db::Transaction& tx, const PendingSignIn& pending, base::Time now);
/// Nothing when there is none with this token any more.
std::optional<PendingSignIn> find_pending_sign_in(db::Connection& db, std::string_view token, base::Time now);
/// False when it was not there any more: it lets in once.
bool remove_pending_sign_in(db::Transaction& tx, std::string_view token);
/// All of a user.
void remove_pending_sign_ins(db::Transaction& tx, UserId user);
/// Remove those that have ended; returns how many.
std::int64_t remove_old_pending_sign_ins(db::Transaction& tx, base::Time now);

} // namespace sign_in
