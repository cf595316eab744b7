#pragma once

#include "base/ids.hpp"
#include "base/time.hpp"
#include "db/connection.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace sign_in {

/// How long somebody may be at the provider.
inline constexpr std::chrono::minutes started_for{10};

/// Somebody left for the provider.
struct StartedSignIn
{
    /// Where to go on: a path of ours.
    std::string next;
    /// Whose form led to the sign-in; zero for none.
    UserId typist;
    /// The provider was to ask for the password again.
    bool is_again = false;
    base::Time at{};
};
/// What comes back: the state of the answer, and the cookie of the browser that left. Both are random, and the database
/// has only their hashes.
struct WayBack
{
    std::string_view state;
    std::string_view browser;
};

void add_started_sign_in(db::Transaction& tx, const WayBack& way, const StartedSignIn& started);
/// Use it up. Nothing when it was used before, is of another browser or has ended.
std::optional<StartedSignIn> remove_started_sign_in(db::Transaction& tx, const WayBack& way, base::Time now);
/// Remove those that have ended; returns how many.
std::int64_t remove_old_started_sign_ins(db::Transaction& tx, base::Time now);

} // namespace sign_in
