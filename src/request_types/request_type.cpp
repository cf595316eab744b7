#include "request_types/request_type.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>

namespace request_types {

namespace {

RequestType request_type_from_row(const db::Row& row)
{
    return {.id = row.id<RequestTypeId>(0),
        .slug = row.string(1),
        .name = row.string(2),
        .hint = row.string(3),
        .icon = row.string(4),
        .is_emergency = row.boolean(5),
        .is_active = row.boolean(6),
        .answer_within = std::chrono::minutes(row.integer(7))};
}

} // namespace

base::Text in_words(std::string_view name_or_hint)
{
    using base::MessageId;
    constexpr std::array known = {MessageId("Gas Leak"), MessageId("No Gas or Heat"), MessageId("Maintenance"),
        MessageId("Installation"), MessageId("Meter Reading"), MessageId("Billing"), MessageId("Other"),
        MessageId("Smell of rotten eggs, hissing, a damaged pipe"),
        MessageId("Nothing comes on, or the pressure is low"), MessageId("Repair or check of an appliance or a line"),
        MessageId("A new line, meter or appliance"), MessageId("Send a reading or ask about one"),
        MessageId("A bill, a payment, a change of name"), MessageId("Anything else")};
    const auto* const found = std::ranges::find(known, name_or_hint, &MessageId::english);
    return found == known.end() ? base::Text::verbatim(std::string(name_or_hint)) : base::Text(*found);
}

std::vector<RequestType> list_request_types(db::Connection& db)
{
    return map_rows(db.query(R"(
        SELECT id, slug, name, hint, icon, is_emergency, is_active, answer_minutes
          FROM service_request_type ORDER BY position, id)"),
        request_type_from_row);
}

RequestTypeId get_emergency_type(db::Connection& db)
{
    const auto id = db.query("SELECT id FROM service_request_type WHERE is_emergency = 1 ORDER BY position, id LIMIT 1")
                        .first([](const db::Row& row) { return row.id<RequestTypeId>(0); });
    if (!id)
        throw std::logic_error("no request type is an emergency");
    return *id;
}

std::optional<RequestType> find_request_type(const std::vector<RequestType>& types, std::string_view slug_or_name)
{
    const std::string wanted = base::fold(base::trim(slug_or_name));
    for (const RequestType& type : types) {
        if (type.is_active && (type.slug == wanted || base::fold(type.name) == wanted))
            return type;
    }
    return std::nullopt;
}

} // namespace request_types
