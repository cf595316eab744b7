#pragma once

#include "queue/queue.hpp"

#include <optional>
#include <string_view>

namespace queue {

/// A service request as the export writes it. Text views live until the next row.
struct ExportRow
{
    ServiceRequestId id;
    std::string_view username;
    std::string_view full_name;
    std::string_view email;
    std::string_view account_number;
    std::string_view address;
    std::string_view request_type;
    std::string_view status;
    std::string_view description;
    base::Time submitted_at{};
    std::optional<base::Time> resolved_at;
    base::Time updated_at{};
    std::int64_t public_comments = 0;
    std::int64_t attachments = 0;
};

/// The next rows of the filter (position, sort and page size aside) after `after`, in order of id.
db::Rows export_rows(db::Connection& db, const search::Filter& filter, ServiceRequestId after, std::size_t limit);
ExportRow export_row(const db::Row& row);

} // namespace queue
