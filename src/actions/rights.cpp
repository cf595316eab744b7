#include "actions/rights.hpp"

#include "base/error.hpp"
#include "service_requests/of_owner.hpp"
#include "users/user.hpp"

#include <chrono>

namespace actions {

void require_role(db::Connection& db, const base::Act& act, base::Role least)
{
    if (!act.is_by_program && !users::present_visitor(db, act.visitor).is_at_least(least))
        throw base::Forbidden("the visitor's role does not allow this");
}

void require_room_for_request(db::Connection& db, const base::Act& act, std::int64_t most, std::int64_t just_added)
{
    constexpr auto day = std::chrono::hours(24);
    if (most == 0)
        return;
    // The first of as many as are allowed: the next one may follow a day later.
    const auto first =
        service_requests::find_submitted_before(db, act.visitor.user_id, static_cast<std::size_t>(most + just_added));
    if (!first || *first <= act.at - day)
        return;
    const auto seconds = std::chrono::ceil<std::chrono::seconds>(*first + day - act.at).count();
    throw base::TooManyAttempts(
        base::Text(
            "You sent {count} requests within 24 hours, and this one was not sent. Write on one of them, or call "
            "us. Gas leaks are always taken.",
            {{"count", most}}),
        static_cast<int>(seconds));
}

} // namespace actions
