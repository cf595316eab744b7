#pragma once
// Data for the templates of shared/, which several doors show.

#include "leaks/leak_report.hpp"
#include "service_requests/service_request.hpp"
#include "timeline/timeline.hpp"
#include "web/forms/form.hpp"

#include <optional>
#include <string>

namespace pages::shared {

/// An instant as people read it and as machines do.
struct Moment
{
    std::string text;
    std::string iso;
};

/// templates/shared/state.html: the pill, the steps and the dates; the live slot "state".
struct StateView
{
    service_requests::Status status = service_requests::Status::Pending;
    bool is_emergency = false;
    Moment submitted;
    /// When staff first answered in public.
    std::optional<Moment> answered;
    std::optional<Moment> resolved;
};

/// templates/shared/leak_questions.html: the crew's questions, with the answers given so far.
struct LeakQuestions
{
    leaks::LeakReport answers;
};

/// templates/shared/actions.html: what the customer can do about the status; the live slot "actions".
struct ActionsView
{
    ServiceRequestId id;
    bool is_resolved = false;
    /// False in a live piece, which has no form token: it links to the page instead.
    bool has_form = false;
    std::int64_t version = 0;
    std::string text;
    web::FormErrors errors;
};

} // namespace pages::shared
