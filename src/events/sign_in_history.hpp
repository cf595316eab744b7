#pragma once
// What a user reads of the own sign-in.

#include "events/event.hpp"

#include <cstddef>
#include <vector>

namespace events {

struct SignInQuery
{
    UserId user;
    /// Only older ones than this; zero for the newest.
    EventId before = {};
    /// Only from then on.
    base::Time since{};
    std::size_t limit = 50;
};
/// Sign-ins, wrong passwords and codes, and what changed how the user signs in, newest first. Of changed details only
/// those that may be of the email (events/changes.hpp says whether).
std::vector<Event> list_sign_in_events(db::Connection& db, const SignInQuery& query);

} // namespace events
