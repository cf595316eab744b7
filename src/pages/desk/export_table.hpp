#pragma once
// The columns of the exported table, for every file format.

#include "base/time.hpp"
#include "queue/export.hpp"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

namespace pages::desk {

/// Nothing, a text that somebody may have typed, a number, hours with one decimal, or a time.
using ExportCell = std::variant<std::monostate, std::string_view, std::int64_t, double, base::Time>;

inline constexpr std::array<std::string_view, 22> export_columns{"id", "reference", "username", "full_name", "email",
    "account_number", "address", "request_type", "status", "description", "submitted_at", "resolved_at", "updated_at",
    "public_comments", "attachments", "contact_name", "contact_phone", "channel", "internal_comments",
    "first_answer_at", "age_hours", "emergency_end"};

/// The cells of a row, in the order of the columns. `reference` is where that text is kept. The age of an open service
/// request is until `now`, that of a resolved one until then.
std::array<ExportCell, export_columns.size()> export_cells(
    const queue::ExportRow& row, std::string& reference, base::Time now);

} // namespace pages::desk
