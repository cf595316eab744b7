#include "pages/shared/emergencies/leak_again.hpp"

#include "base/phone/phone.hpp"
#include "base/reference.hpp"
#include "web/forms/submission.hpp"

namespace pages::shared {

using service_requests::ServiceRequest;

bool is_same_leak(db::Connection& db, const ServiceRequest& first, const SentLeak& sent, base::Time now)
{
    const bool is_open_and_new = first.is_emergency && first.status == service_requests::Status::Pending &&
                                 first.submitted_at > now - sent_lately;
    if (!is_open_and_new || first.address != sent.address || first.contact_name != sent.name ||
        base::normal_phone(first.contact_phone) != base::normal_phone(sent.phone) ||
        first.description != sent.description)
        return false;
    const auto answers = leaks::find_leak_report(db, first.id).value_or(leaks::LeakReport{});
    return answers.place == sent.answers.place && answers.strength == sent.answers.strength &&
           answers.unable_to_leave == sent.answers.unable_to_leave;
}

std::optional<LeakAgain> leak_again(web::Context& ctx, const ServiceRequest& request, const leaks::LeakReport& answers)
{
    if (!ctx.request().query_value("again") || request.status != service_requests::Status::Pending)
        return std::nullopt;
    return LeakAgain{.reference = base::reference(request.id),
        .when = ctx.dates().friendly(request.submitted_at),
        .has_files = request.attachments > 0,
        .action = {},
        .fields = {{"again", "1"}, {"submission", web::new_submission_key()}, {"address", request.address},
            {"phone", request.contact_phone}, {"place", answers.place}, {"strength", answers.strength},
            {"unable_to_leave", answers.unable_to_leave}}};
}

} // namespace pages::shared
