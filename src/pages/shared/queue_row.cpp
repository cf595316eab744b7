#include "pages/shared/queue_row.hpp"

#include "base/reference.hpp"
#include "base/text.hpp"

#include <algorithm>
#include <chrono>

namespace pages::shared {

namespace {

using namespace std::chrono_literals;

constexpr std::size_t longest_rest = 90;
constexpr std::int64_t track_width = 152;

std::string one_line(std::string_view text)
{
    std::string line(text);
    std::replace(line.begin(), line.end(), '\n', ' ');
    return line;
}

std::string rest_after(std::string_view title, std::string_view description)
{
    if (!description.starts_with(title))
        return {};
    std::string_view rest = description.substr(title.size());
    while (!rest.empty() && (rest.front() == '.' || rest.front() == '!' || rest.front() == '?'))
        rest.remove_prefix(1);
    return one_line(base::first_code_points(base::trim(rest), longest_rest));
}

} // namespace

QueueRow queue_row(const i18n::Dates& dates, const service_requests::ServiceRequest& request)
{
    const bool is_open = request.status == service_requests::Status::Pending;
    QueueRow row;
    row.id = request.id;
    row.reference = base::reference(request.id);
    row.title = request.title();
    row.rest = rest_after(row.title, request.description);
    row.type_name = request.type_name;
    row.type_icon = request.type_icon;
    row.is_emergency = request.is_emergency;
    row.is_pinned = request.is_emergency && is_open;
    row.customer = request.customer_name.empty() ? request.contact_name : request.customer_name;
    row.address = request.address;
    row.status = request.status;
    row.comments = request.public_comments + request.internal_comments;
    row.attachments = request.attachments;
    row.submitted = dates.friendly(request.submitted_at);
    row.submitted_iso = base::iso_utc(request.submitted_at);
    row.updated = dates.friendly(request.updated_at);
    row.updated_iso = base::iso_utc(request.updated_at);
    if (is_open)
        row.age = dates.age(request.submitted_at);
    if (row.is_pinned)
        row.track = track_width * std::min<std::chrono::milliseconds>(dates.now() - request.submitted_at, 1h) / 1h;
    return row;
}

} // namespace pages::shared
