#pragma once

#include "comments/comment.hpp"
#include "pages/desk/views.hpp"
#include "queue/folds.hpp"
#include "service_requests/emergency.hpp"
#include "service_requests/service_request.hpp"
#include "web/context.hpp"

#include <optional>
#include <vector>

namespace pages::desk {

/// Why the question is asked again: it was not answered wholly, the customer wrote meanwhile, or somebody else has some
/// of them.
struct RefusedFalseAlarms
{
    web::FormErrors errors = {};
    std::optional<comments::Comment> unseen = {};
    std::vector<service_requests::Held> held = {};
};

/// The page that asks before the emergencies of one sender are resolved at once: what each of them says, what else is
/// open at their addresses, and who has some of them. What was answered is kept.
FalseAlarmView false_alarm_view(web::Context& ctx, const service_requests::ServiceRequest& first,
    const queue::FoldList& fold, const RefusedFalseAlarms& refused);

} // namespace pages::desk
