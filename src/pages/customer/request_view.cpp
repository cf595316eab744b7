#include "accounts/account.hpp"
#include "base/reference.hpp"
#include "pages/customer/page_views.hpp"
#include "pages/shared/presentation.hpp"
#include "pages/shared/urls.hpp"
#include "web/forms/submission.hpp"

#include <fmt/format.h>

namespace pages::customer {

using namespace service_requests;

ShowView request_view(web::Context& ctx, const ServiceRequest& request)
{
    ShowView view;
    view.title = shared::shown_title(ctx.language().language(), request);
    view.page = ctx.page(base::Text::verbatim(view.title), web::Place::Requests);
    // Both come from one snapshot: what happens after it arrives over the stream.
    view.page.live_topics += fmt::format(" request:{}", request.id.value);
    view.id = request.id;
    view.reference = base::reference(request.id);
    view.type_name = shared::shown_type(ctx.language().language(), request.type_name);
    view.type_icon = request.type_icon;
    view.address = request.address;
    // The sender's own, of no use for the others of a household.
    if (request.user_id == ctx.visitor().user_id)
        view.contact_phone = request.contact_phone;
    if (request.account_id)
        view.account = accounts::get_account_number(ctx.db(), request.account_id);
    view.read = shared::read_form(ctx, request, view.page);
    view.conversation = shared::conversation_view(ctx, request, ctx.visitor(), urls::customer_request(request.id));
    view.state = shared::state_of(ctx, request, view.conversation, ctx.visitor());
    const bool is_own = request.user_id == ctx.visitor().user_id;
    view.state.is_own = is_own;
    view.state.has_comment_form = is_own;
    if (!is_own)
        view.sender = request.customer_name;
    if (view.state.is_open_leak())
        view.state.must_call_911 = shared::leak_received({ctx.db(), ctx.dates()}, request).must_call_911();
    view.comment = {.id = request.id,
        .csrf = view.page.csrf,
        .submission = web::new_submission_key(),
        .text = {},
        .errors = {},
        .lost_files = {},
        .actions = shared::comment_actions(request, ctx.site().rules, ctx.visitor().user_id),
        .is_open_leak = view.state.is_open_leak(),
        .must_call_911 = view.state.must_call_911};
    return view;
}

} // namespace pages::customer
