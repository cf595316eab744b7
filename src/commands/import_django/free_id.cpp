#include "commands/import_django/free_id.hpp"

#include <fmt/format.h>

#include <array>

namespace commands::import_django {

namespace {

struct Statements
{
    db::Sql has;
    db::Sql highest;
};

const Statements& statements_for(Identity identity)
{
    static constexpr std::array all{
        Statements{"SELECT COUNT(*) FROM auth_user WHERE id = $1", "SELECT COALESCE(MAX(id), 0) FROM auth_user"},
        Statements{
            "SELECT COUNT(*) FROM service_account WHERE id = $1", "SELECT COALESCE(MAX(id), 0) FROM service_account"},
        Statements{"SELECT COUNT(*) FROM service_servicerequest WHERE id = $1",
            "SELECT COALESCE(MAX(id), 0) FROM service_servicerequest"},
        Statements{
            "SELECT COUNT(*) FROM service_comment WHERE id = $1", "SELECT COALESCE(MAX(id), 0) FROM service_comment"},
        Statements{"SELECT COUNT(*) FROM service_notification WHERE id = $1",
            "SELECT COALESCE(MAX(id), 0) FROM service_notification"},
        Statements{"SELECT COUNT(*) FROM service_attachment WHERE id = $1",
            "SELECT COALESCE(MAX(id), 0) FROM service_attachment"},
    };
    return all.at(static_cast<std::size_t>(identity));
}

} // namespace

std::int64_t next_id(const Target& target, Identity identity)
{
    return target.db == nullptr ? 1 : target.db->query(statements_for(identity).highest).integer() + 1;
}

std::int64_t choose_id(const Target& target, Identity identity, const Place& place, Report& report)
{
    const bool is_taken =
        target.db != nullptr && target.db->query(statements_for(identity).has, place.id).integer() != 0;
    if (!is_taken)
        return place.id;
    const std::int64_t free = next_id(target, identity);
    report.changed({place.noun, place.id, "number"}, std::to_string(place.id), std::to_string(free),
        "another row here has this number now");
    return free;
}

} // namespace commands::import_django
