#include "pages/shared/emergencies/leak_received.hpp"

#include "base/phone/phone.hpp"
#include "base/reference.hpp"
#include "pages/shared/presentation.hpp"
#include "queue/same_sender.hpp"

namespace pages::shared {

LeakReceived leak_received(const Source& source, const service_requests::ServiceRequest& request)
{
    LeakReceived view{.reference = base::reference(request.id),
        .spoken_reference = base::spoken_reference(request.id),
        .is_open = request.status == service_requests::Status::Pending,
        .is_by_phone = is_fresh_call(request),
        .is_again = is_leak_again(request),
        .reported = friendly_moment(source.dates, request.submitted_at),
        .taken = {},
        .earlier = {},
        .address = request.address,
        .answers = leaks::find_leak_report(source.db, request.id).value_or(leaks::LeakReport{}),
        .unable_to_leave = {},
        .strength = {},
        .place = {},
        .phone = request.contact_phone,
        .phone_is_wrong = !request.contact_phone.empty() && base::phone_link(request.contact_phone).empty(),
        .name = request.contact_name,
        .files = request.attachments,
        .paragraphs = timeline::paragraphs_of(request.description)};
    if (view.is_open && request.taken_at)
        view.taken = friendly_moment(source.dates, *request.taken_at);
    if (const auto earlier = view.is_open ? queue::find_shown_earlier(source.db, request.id) : std::nullopt)
        view.earlier = {.reference = base::reference(earlier->id),
            .when = source.dates.friendly(earlier->submitted_at),
            .is_elsewhere = !request.address.empty() && !earlier->address.empty()};
    // "Someone can't leave: No" is read twice before it is understood.
    view.unable_to_leave = view.answers.unable_to_leave == "no" ? base::Text("No, everyone is out")
                                                                : leaks::answer_in_words(view.answers.unable_to_leave);
    view.strength = leaks::answer_in_words(view.answers.strength);
    view.place = leaks::answer_in_words(view.answers.place);
    return view;
}

} // namespace pages::shared
