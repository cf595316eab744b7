#include "events/changes.hpp"

#include <algorithm>
#include <string_view>

namespace events {

namespace {

void append_line(std::string& lines, std::string_view field, std::string value)
{
    // Details are one line each; an imported one may not be.
    std::replace_if(
        value.begin(), value.end(), [](char c) { return c == '\t' || c == '\n'; }, ' ');
    if (!lines.empty())
        lines += '\n';
    lines += field;
    lines += '\t';
    lines += value;
}

/// Take the text up to the separator off the front.
std::string_view take(std::string_view& rest, std::string_view separator)
{
    const std::string_view taken = rest.substr(0, rest.find(separator));
    rest.remove_prefix(std::min(rest.size(), taken.size() + separator.size()));
    return taken;
}

} // namespace

ChangedValues changed_values(const base::FieldChanges& changes)
{
    ChangedValues values;
    for (const base::FieldChange& change : changes) {
        append_line(values.before, change.field, change.before);
        append_line(values.after, change.field, change.after);
    }
    return values;
}

std::vector<ChangedDetail> changed_details(const Event& event)
{
    const bool has_values = event.after_value.find('\t') != std::string::npos;
    const std::string_view separator = has_values ? "\n" : ", ";
    std::vector<ChangedDetail> details;
    std::string_view before = event.before_value;
    for (std::string_view after = event.after_value; !after.empty();) {
        std::string_view new_value = take(after, separator);
        std::string_view old_value = take(before, separator);
        const std::string field(take(new_value, "\t"));
        take(old_value, "\t");
        details.push_back({field, std::string(old_value), std::string(new_value)});
    }
    return details;
}

} // namespace events
