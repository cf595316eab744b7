#include "web/forms/refused.hpp"

#include "base/crypto.hpp"
#include "base/error.hpp"
#include "base/log.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <string_view>

namespace web {

namespace {

constexpr std::string_view query_name = "refused";
constexpr std::chrono::hours longest_kept{24};
// Of one user.
constexpr int most_kept = 10;

/// The handler says that nobody may keep it: it shows a secret.
bool is_for_nobody_to_keep(const http::Response& answer)
{
    return std::ranges::any_of(answer.headers,
        [](const auto& header) { return header.first == "Cache-Control" && header.second == "no-store"; });
}

bool is_refused_page(const Context& ctx, const http::Response& answer)
{
    const auto status = static_cast<int>(answer.status);
    return ctx.request().method == http::Method::Post && !ctx.visitor().is_guest() && status >= 400 && status < 500 &&
           answer.content_type.starts_with("text/html") && !is_for_nobody_to_keep(answer) &&
           ctx.request().header("sec-fetch-mode") == "navigate";
}

void add_refused(db::Transaction& tx, const Context& ctx, std::string_view token, const http::Response& answer)
{
    const UserId user = ctx.visitor().user_id;
    tx.apply("INSERT INTO service_refused_page (token, user_id, status, body, created_at) VALUES ($1, $2, $3, $4, $5)",
        token, user, static_cast<std::int64_t>(answer.status), answer.text(), ctx.now());
    tx.apply(R"(DELETE FROM service_refused_page WHERE user_id = $1 AND token NOT IN
                  (SELECT token FROM service_refused_page WHERE user_id = $1 ORDER BY created_at DESC, token LIMIT $2))",
        user, most_kept);
}

} // namespace

http::Response redirect_to_refused(Context& ctx, http::Response answer, const std::string& form_path)
{
    if (!is_refused_page(ctx, answer))
        return answer;
    const std::string token = base::random_token();
    try {
        ctx.write([&](db::Transaction& tx) { add_refused(tx, ctx, token, answer); });
    } catch (const base::Unavailable&) {
        return answer;
    }
    return http::redirect(fmt::format("{}?{}={}", form_path, query_name, token));
}

std::optional<http::Response> find_refused(Context& ctx)
{
    const auto token = ctx.request().query_value(query_name);
    if (!token || ctx.visitor().is_guest())
        return std::nullopt;
    return ctx.db()
        .query("SELECT status, body FROM service_refused_page WHERE token = $1 AND user_id = $2 AND created_at > $3",
            *token, ctx.visitor().user_id, base::Time(ctx.now() - longest_kept))
        .first([](const db::Row& row) {
            http::Response page;
            page.status = static_cast<http::Status>(row.integer(0));
            page.body = row.string(1);
            return page;
        });
}

void forget_refused(Context& ctx, std::string_view form_path)
{
    const std::string_view from = ctx.request().header("referer");
    const std::string address = fmt::format("{}?{}=", form_path, query_name);
    const auto at = from.find(address);
    if (at == std::string_view::npos || ctx.visitor().is_guest())
        return;
    try {
        ctx.write([&](db::Transaction& tx) {
            tx.apply("DELETE FROM service_refused_page WHERE token = $1 AND user_id = $2",
                from.substr(at + address.size()), ctx.visitor().user_id);
        });
    } catch (const base::Unavailable& error) {
        base::log::warning(fmt::format("a refused page stays: {}", error.what()));
    }
}

std::int64_t remove_old_refused(db::Transaction& tx, base::Time now)
{
    return tx.execute("DELETE FROM service_refused_page WHERE created_at < $1", base::Time(now - longest_kept));
}

} // namespace web
