#include "commands/import_django/source/types.hpp"

#include "base/text.hpp"
#include "commands/commands.hpp"
#include "request_types/request_type.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace commands::import_django {

namespace {

constexpr std::size_t most_rows = 1000;
constexpr std::size_t most_added = 50;
constexpr std::int64_t answer_minutes = 960;
constexpr std::string_view other_slug = "other";
constexpr std::array<std::string_view, 7> own_slugs{
    "gas-leak", "no-gas-or-heat", "maintenance", "installation", "meter-reading", "billing", other_slug};

/// "Pipe Freeze" for "pipe_freeze"; words that are written with capitals or blanks already stay.
std::string name_from(const std::string& words)
{
    std::string name = storable(base::trim(words));
    if (name.find(' ') != std::string::npos || base::ascii_lower(name) != name)
        return name;
    bool is_start = true;
    for (char& c : name) {
        if (c == '_' || c == '-')
            c = ' ';
        else if (is_start && c >= 'a' && c <= 'z')
            c = static_cast<char>(c - 'a' + 'A');
        is_start = c == ' ';
    }
    return name;
}

} // namespace

bool is_word_of_a_type(std::string_view slug)
{
    const bool is_own = std::ranges::find(own_slugs, slug) != own_slugs.end();
    return (is_own && slug != other_slug) || slug.find("leak") != std::string_view::npos;
}

Types::Types(db::ForeignDatabase& source, const Layout& layout) : has_table_(layout.types.is_there())
{
    if (!has_table_)
        return;
    const auto rows = read_page(source, layout.types, {.after = INT64_MIN, .last = INT64_MAX}, most_rows + 1);
    if (rows.size() > most_rows)
        throw Refused(fmt::format("{} has more than {} request types", layout.types.name, most_rows));
    for (const SourceRow& row : rows) {
        const std::string& name = row.text(type_field::Name);
        names_.emplace(std::to_string(row.id), name.empty() ? row.text(type_field::Slug) : name);
    }
}

void Types::load(const Target& target)
{
    is_loaded_ = true;
    by_slug_.clear();
    if (target.db == nullptr) {
        for (const std::string_view slug : own_slugs)
            by_slug_.emplace(
                slug, Type{.id = {}, .name = name_from(std::string(slug)), .is_emergency = slug == "gas-leak"});
        return;
    }
    for (const request_types::RequestType& type : request_types::list_request_types(*target.db)) {
        const Type known{.id = type.id, .name = type.name, .is_emergency = type.is_emergency};
        by_slug_.emplace(type.slug, known);
        by_slug_.emplace(slug_of(type.name), known);
    }
}

Types::Type Types::find(const Target& target, const Value& stored, const Place& place, Report& report)
{
    if (!is_loaded_)
        load(target);
    std::string words = stored.value_or("");
    if (has_table_) {
        const auto named = names_.find(words);
        words = named == names_.end() ? std::string() : named->second;
    }
    const std::string slug = slug_of(words);
    if (const auto known = by_slug_.find(slug); known != by_slug_.end())
        return known->second;
    if (slug.empty() || added_ >= most_added)
        return other(words, place, report);
    return add(target, words, report);
}

Types::Type Types::other(const std::string& words, const Place& place, Report& report) const
{
    const auto found = by_slug_.find(std::string(other_slug));
    if (found == by_slug_.end())
        throw Refused("the database has no request type \"other\", which stands in for unknown ones");
    report.changed(place, words, found->second.name, "no such request type");
    return found->second;
}

Types::Type Types::add(const Target& target, const std::string& words, Report& report)
{
    ++added_;
    Type type{.id = {}, .name = name_from(words)};
    const std::string slug = slug_of(words);
    report.note(fmt::format("request type {} is new here; it is added as the last one, to be answered in {} hours",
        shown(type.name), answer_minutes / 60));
    if (target.writes())
        type.id = target.tx->insert<RequestTypeId>(R"(
            INSERT INTO service_request_type (slug, name, position, answer_minutes)
            VALUES ($1, $2, (SELECT MAX(t.position) + 1 FROM service_request_type t), $3))",
            slug, type.name, answer_minutes);
    by_slug_.emplace(slug, type);
    return type;
}

} // namespace commands::import_django
