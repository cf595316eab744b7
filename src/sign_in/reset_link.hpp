#pragma once
// Links by which somebody who forgot the password chooses a new one. A wish for one is written down for whatever was
// typed, and answered in the background.

#include "base/ids.hpp"
#include "base/time.hpp"
#include "db/connection.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sign_in {

inline constexpr std::chrono::hours reset_link_works_for{1};
/// So many links of one user work at the same time; that is also how many mails an hour a user gets.
inline constexpr std::int64_t most_reset_links = 3;

struct ResetWish
{
    std::int64_t id = 0;
    /// A user name or an email, as it was typed.
    std::string asked_for;
    /// A BCP 47 tag.
    std::string language;
};
void add_reset_wish(db::Transaction& tx, const ResetWish& wish, base::Time at);
/// The oldest ones.
std::vector<ResetWish> list_reset_wishes(db::Connection& db, std::size_t limit);
/// False when it is gone.
bool remove_reset_wish(db::Transaction& tx, std::int64_t id);

/// Add a link that was sent to `email`. Returns its token, which is stored nowhere; empty when the user has enough.
std::string add_reset_link(db::Transaction& tx, UserId user, std::string_view email, base::Time at);
struct ResetLink
{
    UserId user;
    std::string email;
};
/// What a link that still works belongs to.
std::optional<ResetLink> find_reset_link(db::Connection& db, std::string_view token, base::Time now);
/// Use up the link. False when it works no more: somebody else was faster.
bool remove_reset_link(db::Transaction& tx, std::string_view token, base::Time now);
/// All links of a user.
void remove_reset_links(db::Transaction& tx, UserId user);
/// Those that have ended; returns how many.
std::int64_t remove_old_reset_links(db::Transaction& tx, base::Time now);

} // namespace sign_in
