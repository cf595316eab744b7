#pragma once

#include <span>
#include <string_view>

namespace faults {

/// A rule about the stored rows: its query finds one row, described in the first column, for each offence. {first} and
/// {comment} stand for the last service request and comment of the made-up town.
struct Rule
{
    std::string_view name;
    std::string_view offenders;
};

std::span<const Rule> rules();

} // namespace faults
