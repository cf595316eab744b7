#include "actions/households/answer_ask.hpp"
#include "pages/settings/household_pages.hpp"
#include "pages/shared/urls.hpp"

namespace pages::settings {

namespace {

http::Response answer(
    web::Context& ctx, bool (*verb)(db::Transaction&, const base::Act&, AskId), std::string_view flash)
{
    const auto id = ctx.id<AskId>("id");
    const bool is_answered = ctx.write([&](db::Transaction& tx) { return verb(tx, ctx.act(), id); });
    ctx.flash(is_answered ? flash : "ask-over");
    return http::redirect(urls::account());
}

} // namespace

http::Response accept_ask(web::Context& ctx)
{
    return answer(ctx, actions::accept_ask, "ask-accepted");
}

http::Response decline_ask(web::Context& ctx)
{
    return answer(ctx, actions::decline_ask, "ask-declined");
}

} // namespace pages::settings
