#pragma once
// Somebody who claims an account that people have already asks its holder to share it.

#include "accounts/household.hpp"
#include "base/time.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <vector>

using AskId = base::Id<struct AskTag>;

namespace accounts {

/// An ask that nobody answered ends by itself after this time. Until then nobody asks for the same account again.
inline constexpr std::chrono::hours ask_lasts{24 * 14};

struct Ask
{
    AskId id;
    AccountId account;
    UserId user;
    Sharing sharing = Sharing::Nothing;
    base::Time asked_at{};
    /// Of who asks.
    std::string username = {};
    std::string full_name = {};
    std::string number = {};
    std::string address = {};
};

/// Add an ask of a user who is not linked. False when they asked for the same account within ask_lasts, whatever became
/// of it: nothing is written.
bool add_ask(db::Transaction& tx, const Ask& ask);
/// The open ones that a user decides about: of active people for active accounts whose holder the user is; the oldest
/// first.
std::vector<Ask> list_asks_to(db::Connection& db, UserId holder, base::Time now);
/// The open ones for an account, the oldest first.
std::vector<Ask> list_asks_for(db::Connection& db, AccountId account, base::Time now);
/// End an ask about which this user decides, as list_asks_to() has it. Nothing when it is over; otherwise nobody else
/// ends it too. Throws NotFound when it is not theirs to decide.
std::optional<Ask> end_ask_to(db::Transaction& tx, AskId id, UserId holder, base::Time now);
/// End an open ask for an account. Nothing when there is none.
std::optional<Ask> end_ask_for(db::Transaction& tx, AskId id, AccountId account, base::Time now);
/// End the ask of a user who is linked now.
void end_ask_of(db::Transaction& tx, AccountId account, UserId user);
/// Remove those that have ended; returns how many.
std::int64_t remove_old_asks(db::Transaction& tx, base::Time now);

} // namespace accounts
