#include "pages/desk/directory_requests.hpp"

#include "pages/shared/urls.hpp"
#include "service_requests/of_owner.hpp"

#include <fmt/format.h>

namespace pages::desk {

namespace {

constexpr std::size_t most_rows = 8;

RequestsCard make_card(web::Context& ctx, const std::vector<service_requests::ServiceRequest>& requests,
    const service_requests::OwnCounts& counts, const std::string& query)
{
    RequestsCard card{
        .rows = {}, .open = counts.pending, .resolved = counts.resolved, .all_url = urls::desk_queue(query)};
    for (const auto& request : requests) {
        card.rows.push_back(shared::queue_row(ctx.dates(), request));
        card.rows.back().url = urls::desk_request(request.id, urls::from_list(query));
    }
    return card;
}

} // namespace

RequestsCard requests_of(web::Context& ctx, UserId user)
{
    return make_card(ctx, service_requests::list_of_user(ctx.db(), user, most_rows),
        service_requests::count_own_service_requests(ctx.db(), user), fmt::format("?user={}", user.value));
}

RequestsCard requests_of(web::Context& ctx, AccountId account)
{
    return make_card(ctx, service_requests::list_of_account(ctx.db(), account, most_rows),
        service_requests::count_of_account(ctx.db(), account), fmt::format("?account={}", account.value));
}

} // namespace pages::desk
