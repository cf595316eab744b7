#include "attachments/attachment.hpp"
#include "base/error.hpp"
#include "leaks/leak_report.hpp"
#include "pages/public/emergency_pages.hpp"
#include "pages/public/link_over.hpp"
#include "pages/public/views.hpp"
#include "pages/shared/presentation.hpp"
#include "pages/shared/urls.hpp"
#include "public/follow.html.hpp"
#include "web/forms/lost_files.hpp"

#include <algorithm>
#include <utility>

namespace pages::public_ {

namespace {

base::Text title_of(const shared::LeakReceived& leak)
{
    if (!leak.is_open)
        return base::Text("This report is closed");
    return leak.must_call_911() ? base::Text("Call 911 now. We have your report") : base::Text("Your gas leak report");
}

/// Photos of a customer whose session had ended.
base::Text lost_files(db::Connection& db, ServiceRequestId id)
{
    std::vector<std::string> names;
    for (attachments::LeftOut& file : attachments::list_left_out(db, id))
        names.push_back(std::move(file.name));
    return web::not_sent_words(names);
}

std::optional<timeline::Item> newest_answer(const timeline::Conversation& entries)
{
    const auto found = std::find_if(entries.items.rbegin(), entries.items.rend(),
        [](const timeline::Item& item) { return item.comment_id && item.by_staff; });
    return found == entries.items.rend() ? std::nullopt : std::optional(*found);
}

} // namespace

http::Response follow_leak(web::Context& ctx)
{
    const auto followed = service_requests::find_followed(ctx.db(), ctx.path_value("token"), ctx.now());
    if (!followed)
        throw base::NotFound("no service request behind this private link");
    if (const auto report = leaks::find_leak_report(ctx.db(), followed->request.id))
        ctx.choose_language(report->language, web::LanguageBy::Subject);
    if (followed->link != service_requests::PrivateLink::Works)
        return show_link_over(ctx, *followed);
    const auto& request = followed->request;
    FollowView view;
    view.leak = shared::leak_received({ctx.db(), ctx.dates()}, request);
    view.again = shared::leak_again(ctx, request, view.leak.answers);
    if (view.again) {
        view.again->action = urls::emergency() + ctx.language_query();
        view.again->fields.emplace_back("name", request.contact_name);
        view.again->fields.emplace_back("notes", request.description);
    }
    if (view.leak.is_open)
        view.lost_files = lost_files(ctx.db(), request.id);
    view.page = ctx.bare_page(title_of(view.leak));
    view.link = ctx.request().path + ctx.language_query();
    view.own = own_request(ctx, request);
    const auto reader = timeline::Reader::with_link(request.user_id);
    view.conversation = shared::conversation_view(ctx, request, reader, ctx.request().path);
    view.answer = newest_answer(view.conversation.entries);
    view.state = shared::state_of(ctx, request, view.conversation, reader);
    return for_holders_only(ctx.render([&](web::Html& out) { views::public_::follow(out, view); }));
}

} // namespace pages::public_
