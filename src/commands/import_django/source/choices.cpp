#include "commands/import_django/source/choices.hpp"

#include "commands/import_django/source/value.hpp"
#include "server/settings/config.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <stdexcept>

namespace commands::import_django {

namespace {

using service_requests::Status;

struct Word
{
    std::string_view slug;
    Status status;
};
constexpr std::array words{Word{"pending", Status::Pending}, Word{"open", Status::Pending},
    Word{"new", Status::Pending}, Word{"submitted", Status::Pending}, Word{"in-progress", Status::Pending},
    Word{"assigned", Status::Pending}, Word{"reopened", Status::Pending}, Word{"0", Status::Pending},
    Word{"false", Status::Pending}, Word{"f", Status::Pending}, Word{"resolved", Status::Resolved},
    Word{"closed", Status::Resolved}, Word{"completed", Status::Resolved}, Word{"complete", Status::Resolved},
    Word{"done", Status::Resolved}, Word{"fixed", Status::Resolved}, Word{"1", Status::Resolved},
    Word{"true", Status::Resolved}, Word{"t", Status::Resolved}};

[[noreturn]] void refuse_map(const std::string& map)
{
    throw server::UsageError(
        fmt::format("--map \"{}\" is not like type=COLUMN, status:WORD=Pending or status:WORD=Resolved", map));
}

void add_status(const std::string& map, std::string_view word, std::string_view name, Choices& choices)
{
    const std::string slug = slug_of(word);
    for (const Status status : {Status::Pending, Status::Resolved}) {
        if (!slug.empty() && slug_of(name) == slug_of(service_requests::status_name(status))) {
            choices.statuses.insert_or_assign(slug, status);
            return;
        }
    }
    refuse_map(map);
}

void add_map(const std::string& map, Choices& choices)
{
    constexpr std::string_view status = "status:";
    const std::size_t equals = map.rfind('=');
    if (equals == std::string::npos || equals + 1 == map.size())
        refuse_map(map);
    const std::string_view what = std::string_view(map).substr(0, equals);
    const std::string_view value = std::string_view(map).substr(equals + 1);
    if (what == "type")
        choices.type_column = value;
    else if (what.starts_with(status))
        add_status(map, what.substr(status.size()), value, choices);
    else
        refuse_map(map);
}

} // namespace

Choices parse_choices(const std::string& zone, const std::vector<std::string>& maps)
{
    Choices choices;
    try {
        if (!zone.empty())
            choices.zone = std::make_shared<const base::Zone>(zone);
    } catch (const std::runtime_error& error) {
        throw server::UsageError(fmt::format("--source-time-zone: {}", error.what()));
    }
    for (const std::string& map : maps)
        add_map(map, choices);
    return choices;
}

std::optional<Status> status_of(std::string_view word, const Choices& choices)
{
    const std::string slug = slug_of(word);
    if (const auto chosen = choices.statuses.find(slug); chosen != choices.statuses.end())
        return chosen->second;
    const auto* found = std::ranges::find(words, slug, &Word::slug);
    return found == words.end() ? std::nullopt : std::optional(found->status);
}

} // namespace commands::import_django
