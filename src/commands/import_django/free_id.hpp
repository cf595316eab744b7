#pragma once

#include "commands/import_django/ledger.hpp"
#include "commands/import_django/report.hpp"

namespace commands::import_django {

/// The tables whose ids are kept.
enum class Identity : std::uint8_t
{
    User,
    Account,
    ServiceRequest,
    Comment,
    Notification,
    Attachment
};

/// The id that a row of the source gets here: its own, unless a row that was made here has it; then, reported, the next
/// free one.
std::int64_t choose_id(const Target& target, Identity identity, const Place& place, Report& report);
/// The next free one.
std::int64_t next_id(const Target& target, Identity identity);

} // namespace commands::import_django
