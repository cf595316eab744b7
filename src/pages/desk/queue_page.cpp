#include "pages/desk/queue_page.hpp"

#include "desk/queue.html.hpp"
#include "pages/desk/queue_view.hpp"
#include "queue/queue.hpp"

namespace pages::desk {

http::Response queue(web::Context& ctx)
{
    const auto types = ctx.recent(request_types::list_request_types);
    const shared::QueueQuery query =
        shared::read_any_queue_query(ctx.request().query, *types, ctx.site().zone, ctx.now());
    const QueueView view = queue_view(ctx, query, *types, queue::list_queue(ctx.db(), query.filter));
    return ctx.render([&](web::Html& out) { views::desk::queue(out, view); });
}

} // namespace pages::desk
