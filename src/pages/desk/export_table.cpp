#include "pages/desk/export_table.hpp"

#include "base/reference.hpp"

#include <chrono>

namespace pages::desk {

namespace {

ExportCell time_cell(const std::optional<base::Time>& time)
{
    return time ? ExportCell(*time) : ExportCell();
}

} // namespace

std::array<ExportCell, export_columns.size()> export_cells(
    const queue::ExportRow& row, std::string& reference, base::Time now)
{
    using Hours = std::chrono::duration<double, std::ratio<3600>>;
    reference = base::reference(row.id);
    const double age = std::chrono::duration_cast<Hours>(row.resolved_at.value_or(now) - row.submitted_at).count();
    return {row.id.value, std::string_view(reference), row.username, row.full_name, row.email, row.account_number,
        row.address, row.request_type, row.status, row.description, row.submitted_at, time_cell(row.resolved_at),
        row.updated_at, row.public_comments, row.attachments, row.contact_name, row.contact_phone, row.channel,
        row.internal_comments, time_cell(row.first_answer_at), age, row.emergency_end};
}

} // namespace pages::desk
