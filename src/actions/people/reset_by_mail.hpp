#pragma once

#include "actions/people/link_path.hpp"
#include "base/ids.hpp"
#include "base/time.hpp"
#include "db/database.hpp"
#include "sign_in/reset_link.hpp"

#include <cstddef>
#include <optional>
#include <string_view>

namespace actions {

/// Note that somebody wants a link to choose a new password. The same work whoever it is for.
void ask_for_reset(db::Transaction& tx, const sign_in::ResetWish& wish, base::Time at);
/// Mail a link to each active user with the email or user name that was asked for, except to those who sign in at a
/// provider. Nobody learns whether there is one.
/// Returns how many wishes were looked at; fewer than `reset_batch`: none is left.
inline constexpr std::size_t reset_batch = 20;
std::size_t mail_reset_links(db::Database& database, base::Time now, const LinkPath& path_of);

struct ChosenPassword
{
    /// Of the mailed link.
    std::string_view token;
    /// An encoded hash from sign_in/password.hpp, never the password.
    std::string_view new_hash;
    /// Of the page, for the mail to somebody who chose none.
    std::string_view language = {};
};
/// Store the password that somebody chose with a mailed link: the link is used up, all sessions end, all known devices
/// are forgotten, and the owner is told by mail. A second factor is still asked for at the next sign-in. Nothing when
/// the link works no more.
std::optional<UserId> choose_password(db::Transaction& tx, const ChosenPassword& input, base::Time at);

} // namespace actions
