#include "pages/customer/page_views.hpp"
#include "pages/customer/request_input.hpp"
#include "pages/shared/presentation.hpp"
#include "web/forms/submission.hpp"
#include "web/forms/upload.hpp"

namespace pages::customer {

CreateView create_view(web::Context& ctx, TypedRequest typed, http::Status status)
{
    const bool is_refused = status != http::Status::Ok;
    CreateView view{.page = ctx.page(is_refused ? base::Text("Problem: New request") : base::Text("New request"),
                        web::Place::NewRequest),
        .form = std::move(typed),
        .is_unavailable = status == http::Status::ServiceUnavailable,
        .files_are_lost = is_refused && web::has_files(ctx),
        .types = {},
        .accounts = list_address_choices(ctx),
        .submission = std::string(ctx.request().form_value("submission").value_or(""))};
    view.types = shared::type_cards(*ctx.recent(request_types::list_request_types));
    if (view.submission.empty())
        view.submission = web::new_submission_key();
    choose_first_account(view.form, view.accounts);
    return view;
}

} // namespace pages::customer
