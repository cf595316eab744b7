#include "pages/customer/create_pages.hpp"

#include "actions/submit_request.hpp"
#include "attachments/kept_files.hpp"
#include "base/error.hpp"
#include "customer/create.html.hpp"
#include "http/head/addresses.hpp"
#include "pages/customer/page_views.hpp"
#include "pages/customer/request_input.hpp"
#include "pages/shared/urls.hpp"
#include "web/forms/submission.hpp"

namespace pages::customer {

namespace {

http::Response draw(web::Context& ctx, const TypedRequest& typed, http::Status status)
{
    const CreateView view = create_view(ctx, typed, status);
    return ctx.render([&](web::Html& out) { views::customer::create(out, view); }, status);
}

/// The new service request, or the one that the same submission made before.
ServiceRequestId save(web::Context& ctx, storage::Store& store, const RequestInput& input)
{
    ctx.release();
    attachments::KeptFiles kept(store);
    kept.keep(ctx.files(), input.files.types);
    leaks::LeakReport leak = input.typed.leak.answers;
    leak.sender = http::subscriber_of(ctx.request().remote_address);
    const auto work = [&](db::Transaction& tx) {
        web::remove_draft(tx, ctx);
        return actions::submit_request(tx, ctx.act(), {.request = input.request, .leak = leak, .files = kept.files()});
    };
    return kept.settle_with([&] { return web::submit_once(ctx, work); });
}

} // namespace

http::Response new_request(web::Context& ctx)
{
    TypedRequest typed = typed_request(web::fields_for(web::find_drafts(ctx), {}));
    if (typed.type.empty())
        typed.type = ctx.request().query_value("type").value_or("");
    return draw(ctx, typed, http::Status::Ok);
}

http::Response submit_request(web::Context& ctx, storage::Store& store)
{
    const RequestInput input = read_request(ctx, store);
    if (!input.typed.errors.empty())
        return draw(ctx, input.typed, input.files.refusal);
    try {
        return http::redirect(urls::received_request(save(ctx, store, input)));
    } catch (const base::Unavailable& error) {
        web::log_unsaved(ctx, "create", error);
        return draw(ctx, input.typed, http::Status::ServiceUnavailable);
    }
}

} // namespace pages::customer
