#include "web/draft.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <array>
#include <chrono>

namespace web {

namespace {

constexpr std::size_t most_bytes = 64 * 1024;

bool is_keepable(std::string_view name)
{
    constexpr std::array never = {std::string_view("csrf"), std::string_view("submission"), std::string_view("next")};
    return name.find("password") == std::string_view::npos &&
           std::find(never.begin(), never.end(), name) == never.end();
}

std::string encode(const Fields& fields)
{
    std::string encoded;
    for (const auto& [name, value] : fields) {
        encoded += encoded.empty() ? "" : "&";
        encoded += base::percent_encode(name);
        encoded += '=';
        encoded += base::percent_encode(value);
    }
    return encoded;
}

Fields decode(std::string_view encoded)
{
    Fields fields;
    while (!encoded.empty()) {
        const auto end = encoded.find('&');
        const std::string_view pair = encoded.substr(0, end);
        encoded.remove_prefix(end == std::string_view::npos ? encoded.size() : end + 1);
        const auto equals = pair.find('=');
        auto name = base::percent_decode(pair.substr(0, equals));
        auto value = base::percent_decode(equals == std::string_view::npos ? "" : pair.substr(equals + 1));
        if (name && value)
            fields.emplace_back(std::move(*name), std::move(*value));
    }
    return fields;
}

} // namespace

Fields keepable_fields(const Fields& form)
{
    Fields kept;
    std::size_t bytes = 0;
    for (const auto& [name, value] : form) {
        bytes += name.size() + value.size();
        if (bytes > most_bytes)
            break;
        if (is_keepable(name) && !value.empty())
            kept.emplace_back(name, value);
    }
    return kept;
}

void save_draft(db::Transaction& tx, UserId user, std::string_view path, const Fields& fields, base::Time now)
{
    tx.apply(R"(INSERT INTO service_draft (user_id, path, fields, created_at) VALUES ($1, $2, $3, $4)
                  ON CONFLICT (user_id, path) DO UPDATE SET fields = excluded.fields, created_at = excluded.created_at)",
        user, path, encode(fields), now);
}

Fields take_draft(Context& ctx)
{
    if (ctx.visitor().is_guest())
        return {};
    const UserId user = ctx.visitor().user_id;
    const std::string& path = ctx.request().path;
    const auto encoded = ctx.db()
                             .query("SELECT fields FROM service_draft WHERE user_id = $1 AND path = $2", user, path)
                             .first([](const db::Row& row) { return row.string(0); });
    if (!encoded)
        return {};
    ctx.write([&](db::Transaction& tx) {
        tx.apply("DELETE FROM service_draft WHERE user_id = $1 AND path = $2", user, path);
    });
    return decode(*encoded);
}

std::string_view field_of(const Fields& fields, std::string_view name)
{
    const auto found =
        std::find_if(fields.begin(), fields.end(), [&](const auto& field) { return field.first == name; });
    return found == fields.end() ? std::string_view() : std::string_view(found->second);
}

std::int64_t remove_old_drafts(db::Transaction& tx, base::Time now)
{
    return tx.execute("DELETE FROM service_draft WHERE created_at < $1", now - std::chrono::hours(72));
}

} // namespace web
