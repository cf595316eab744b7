#include "pages/desk/mail/mail_page.hpp"

#include "actions/mail/send_mail_again.hpp"
#include "desk/mail.html.hpp"
#include "pages/desk/mail/mail_view.hpp"
#include "pages/shared/list_query.hpp"
#include "pages/shared/urls.hpp"

#include <fmt/format.h>

namespace pages::desk {

namespace {

outbox::Filter read_filter(const http::Request& request, std::vector<base::Text>& notes)
{
    outbox::Filter filter;
    if (const auto name = request.query_value("state"); name && !name->empty()) {
        filter.state = outbox::parse_state(*name);
        if (!filter.state)
            notes.push_back(base::Text("The state in this web address is not one we use."));
    }
    filter.before = shared::position_in<MailId>(request, "before", notes);
    return filter;
}

} // namespace

http::Response list_mail(web::Context& ctx)
{
    MailView view;
    const outbox::Filter filter = read_filter(ctx.request(), view.notes);
    auto mails = outbox::list_mail(ctx.db(), filter);
    view.state = filter.state ? outbox::state_name(*filter.state) : "";
    if (mails.size() > outbox::page_size) {
        mails.resize(outbox::page_size);
        view.next_page = urls::desk_mail(fmt::format("?state={}&before={}", view.state, mails.back().id.value));
    }
    if (filter.before)
        view.first_page = urls::desk_mail("?state=" + view.state);
    view.rows = mail_rows(ctx, mails);
    const outbox::Figures figures = outbox::count_mail(ctx.db(), ctx.now());
    view.is_on = outbox::is_on(ctx.db());
    view.waiting = figures.waiting;
    view.oldest = figures.oldest ? ctx.dates().span(ctx.now() - *figures.oldest) : "";
    view.given_up = figures.given_up;
    view.last_error = figures.last_error;
    view.page = ctx.page(base::Text("Email"));
    return ctx.render([&](web::Html& out) { views::desk::mail(out, view); });
}

http::Response send_mail_again(web::Context& ctx)
{
    const auto id = ctx.id<MailId>("id");
    const auto sent = ctx.write([&](db::Transaction& tx) { return actions::send_mail_again(tx, ctx.act(), id); });
    ctx.flash(sent == actions::SentAgain::Done   ? "mailed-again"
              : sent == actions::SentAgain::Gone ? "mail-gone"
                                                 : "not-mailed-again");
    return http::redirect(urls::desk_mail());
}

} // namespace pages::desk
