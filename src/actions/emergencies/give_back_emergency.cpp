#include "actions/emergencies/give_back_emergency.hpp"

#include "actions/rights.hpp"
#include "events/event.hpp"
#include "service_requests/emergency.hpp"
#include "users/user.hpp"

#include <span>
#include <string>

namespace actions {

namespace {

void add_history(
    db::Transaction& tx, const base::Act& act, std::span<const ServiceRequestId> ids, std::string_view from)
{
    for (const ServiceRequestId id : ids)
        events::add_event(tx, act,
            {.subject = events::Subject::ServiceRequest,
                .subject_id = id.value,
                .kind = events::Kind::GivenBack,
                .visibility = base::Visibility::Internal,
                .before_value = from});
}

} // namespace

bool give_back_emergency(db::Transaction& tx, const base::Act& act, ServiceRequestId id)
{
    require_role(tx, act, base::Role::Representative);
    const auto given_back = service_requests::set_given_back(tx, act, id);
    add_history(tx, act, given_back, {});
    return !given_back.empty();
}

std::int64_t give_back_all(db::Transaction& tx, const base::Act& act, UserId user)
{
    const auto given_back = service_requests::set_all_given_back(tx, user);
    const bool is_own = user == act.visitor.user_id;
    if (!given_back.empty())
        add_history(tx, act, given_back, is_own ? std::string() : users::get_user(tx, user).full_name());
    return std::ssize(given_back);
}

} // namespace actions
