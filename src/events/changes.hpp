#pragma once
// How an event of kind Changed holds old and new details.

#include "events/event.hpp"

#include <string>
#include <vector>

namespace events {

/// The values of such an event: a line for each detail, its name and a tab in front.
struct ChangedValues
{
    std::string before;
    std::string after;
};
ChangedValues changed_values(const base::FieldChanges& changes);

/// One detail as the history has it.
struct ChangedDetail
{
    std::string field;
    std::string before;
    std::string after;
};
/// What changed; both values are empty in events from before, which hold the names only.
std::vector<ChangedDetail> changed_details(const Event& event);

} // namespace events
