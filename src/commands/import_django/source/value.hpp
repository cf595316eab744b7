#pragma once
// import_django/ imports the rows and files of a running Django site: it finds the site's tables, reads them page by
// page, and writes them in one transaction per page. The command is commands/import_django_command.cpp.

#include "base/time.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace commands::import_django {

/// What the source holds in one place, as text; nothing for NULL and for a column that it lacks.
using Value = std::optional<std::string>;

struct ParsedTime
{
    base::Time time{};
    /// Microseconds did not fit; the time is the millisecond that had begun.
    bool is_rounded = false;
    /// There was no zone behind it: the time is what a clock somewhere showed, as if in UTC.
    bool is_of_a_clock = false;
};
/// "2024-01-01 10:20:30.123456", with "T" in between, with "+00", "Z" or "-05:30" behind, or without a zone.
std::optional<ParsedTime> parse_time(std::string_view text);

/// "1", "t", "true" and "yes" in any case are true; everything else, also nothing, is false.
bool is_true(const Value& value);
/// A whole number, negative ones too.
std::optional<std::int64_t> parse_id(const Value& value);

/// The text as both engines can keep it: well-formed UTF-8 without zero bytes. The same text when it is so already.
std::string storable(std::string_view text);
/// For a report: quoted, control characters written out, at most 60 characters.
std::string shown(std::string_view text);
/// "gas-leak" for "Gas Leak", "gas_leak" and "GAS-LEAK".
std::string slug_of(std::string_view words);
/// The beginning of the text's SHA-256.
std::int64_t short_digest(std::string_view text);

} // namespace commands::import_django
