#pragma once

#include "pages/shared/queue_row.hpp"
#include "web/context.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace pages::desk {

/// templates/desk/requests_card.html: the service requests of a user or an account, the first few of them.
struct RequestsCard
{
    std::vector<shared::QueueRow> rows;
    std::int64_t open = 0;
    std::int64_t resolved = 0;
    /// All of them in the queue.
    std::string all_url;
};
RequestsCard requests_of(web::Context& ctx, UserId user);
RequestsCard requests_of(web::Context& ctx, AccountId account);

} // namespace pages::desk
