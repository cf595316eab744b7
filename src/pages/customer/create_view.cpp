#include "pages/customer/page_views.hpp"
#include "pages/customer/request_input.hpp"
#include "pages/shared/presentation.hpp"
#include "web/forms/lost_files.hpp"
#include "web/forms/submission.hpp"
#include "web/forms/upload.hpp"

#include <algorithm>
#include <vector>

namespace pages::customer {

namespace {

shared::RefusedLeak refused_leak(web::Context& ctx, const CreateView& view)
{
    const auto types = ctx.recent(request_types::list_request_types);
    const auto type = request_types::find_request_type(*types, view.form.type);
    if (!type || !type->is_emergency)
        return {};
    return {.is_unavailable = view.is_unavailable,
        .must_call_911 = view.form.leak.answers.unable_to_leave == "yes",
        .address = view.form.address};
}

std::vector<shared::TypeCard> type_cards_with_promises(web::Context& ctx)
{
    const auto types = ctx.recent(request_types::list_request_types);
    std::vector<shared::TypeCard> cards = shared::type_cards(*types);
    for (shared::TypeCard& card : cards) {
        if (const auto type = request_types::find_request_type(*types, card.slug))
            card.answer_minutes = type->answer_within.count();
        if (card.slug == "no-gas-or-heat") {
            card.call_phone = ctx.site().names.emergency_phone;
            card.call_phone_link = ctx.site().names.emergency_phone_link;
        }
    }
    return cards;
}

} // namespace

CreateView create_view(web::Context& ctx, TypedRequest typed, http::Status status)
{
    const bool is_refused = status != http::Status::Ok;
    CreateView view{.page = ctx.page(is_refused ? base::Text("Problem: New request") : base::Text("New request"),
                        web::Place::NewRequest),
        .form = std::move(typed),
        .is_unavailable = status == http::Status::ServiceUnavailable,
        .lost_files = is_refused && web::has_files(ctx) ? web::lost_files_of(ctx.request()) : base::Text(),
        .types = {},
        .accounts = list_address_choices(ctx),
        .submission = std::string(ctx.request().form_value("submission").value_or(""))};
    if (is_refused)
        view.leak = refused_leak(ctx, view);
    view.types = type_cards_with_promises(ctx);
    if (view.submission.empty())
        view.submission = web::new_submission_key();
    choose_only_account(view.form, view.accounts);
    // The emergency is shown first.
    const auto first = std::ranges::find_if(view.types, [](const auto& card) { return card.is_emergency; });
    if (first != view.types.end())
        view.form.errors.lead_to("request_type", "type-" + first->slug);
    view.form.errors.lead_to("account", view.accounts.empty() ? "address" : "account-" + view.accounts.front().value);
    return view;
}

} // namespace pages::customer
