#include "commands/import_django/free_id.hpp"

#include "commands/import_django/rehearsal.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace commands::import_django {

namespace {

struct Statements
{
    std::string_view table;
    db::Sql has;
    db::Sql highest;
};

const Statements& statements_for(Identity identity)
{
    static constexpr std::array all{
        Statements{
            "auth_user", "SELECT COUNT(*) FROM auth_user WHERE id = $1", "SELECT COALESCE(MAX(id), 0) FROM auth_user"},
        Statements{"service_account", "SELECT COUNT(*) FROM service_account WHERE id = $1",
            "SELECT COALESCE(MAX(id), 0) FROM service_account"},
        Statements{"service_servicerequest", "SELECT COUNT(*) FROM service_servicerequest WHERE id = $1",
            "SELECT COALESCE(MAX(id), 0) FROM service_servicerequest"},
        Statements{"service_comment", "SELECT COUNT(*) FROM service_comment WHERE id = $1",
            "SELECT COALESCE(MAX(id), 0) FROM service_comment"},
        Statements{"service_notification", "SELECT COUNT(*) FROM service_notification WHERE id = $1",
            "SELECT COALESCE(MAX(id), 0) FROM service_notification"},
        Statements{"service_attachment", "SELECT COUNT(*) FROM service_attachment WHERE id = $1",
            "SELECT COALESCE(MAX(id), 0) FROM service_attachment"},
    };
    return all.at(static_cast<std::size_t>(identity));
}

} // namespace

std::int64_t next_id(const Target& target, Identity identity)
{
    const std::int64_t there = target.db == nullptr ? 0 : target.db->query(statements_for(identity).highest).integer();
    const std::int64_t rehearsed =
        target.rehearsal == nullptr ? 0 : target.rehearsal->highest_id(statements_for(identity).table);
    return std::max(there, rehearsed) + 1;
}

std::int64_t choose_id(const Target& target, Identity identity, const Place& place, Report& report)
{
    const std::string_view table = statements_for(identity).table;
    const bool is_taken =
        (target.db != nullptr && target.db->query(statements_for(identity).has, place.id).integer() != 0) ||
        (target.rehearsal != nullptr && target.rehearsal->has_id(table, place.id));
    const std::int64_t free = is_taken ? next_id(target, identity) : place.id;
    if (target.rehearsal != nullptr)
        target.rehearsal->add_id(table, free, !is_taken);
    if (!is_taken)
        return free;
    report.changed({place.noun, place.id, "number"}, std::to_string(place.id), std::to_string(free),
        "another row here has this number now");
    return free;
}

} // namespace commands::import_django
