#include "pages/customer/create_pages.hpp"

#include "actions/submit_request.hpp"
#include "attachments/kept_files.hpp"
#include "base/error.hpp"
#include "base/reference.hpp"
#include "customer/create.html.hpp"
#include "http/head/addresses.hpp"
#include "pages/customer/page_views.hpp"
#include "pages/customer/request_input.hpp"
#include "pages/shared/emergencies/leak_again.hpp"
#include "pages/shared/emergencies/leak_questions.hpp"
#include "pages/shared/files/form_files.hpp"
#include "pages/shared/urls.hpp"
#include "request_types/request_type.hpp"
#include "web/forms/lost_files.hpp"
#include "web/forms/submission.hpp"

#include <algorithm>
#include <exception>
#include <span>

namespace pages::customer {

namespace {

void show_held(CreateView& view, std::vector<web::HeldFile> held)
{
    if (!held.empty())
        view.lost_files = {};
    view.held = std::move(held);
}

/// The same text, type and place were sent lately, by another submission. Nothing is written.
struct SentBefore : std::exception
{
    explicit SentBefore(const service_requests::SameRequest& its_first) : first(its_first) {}
    service_requests::SameRequest first;
    std::vector<web::HeldFile> held = {};
};

http::Response draw(
    web::Context& ctx, const RequestInput& input, http::Status status, std::vector<web::HeldFile> held = {})
{
    CreateView view = create_view(ctx, input.typed, status);
    show_held(view, std::move(held));
    view.left_out = input.files.left_out;
    return ctx.render([&](web::Html& out) { views::customer::create(out, view); }, status);
}

http::Response ask(web::Context& ctx, const TypedRequest& typed, const SentBefore& before)
{
    const service_requests::SameRequest& first = before.first;
    CreateView view = create_view(ctx, typed, http::Status::Conflict);
    show_held(view, before.held);
    view.sent_before = first.id;
    view.sent_reference = base::reference(first.id);
    view.sent_at = ctx.dates().friendly(first.submitted_at);
    return ctx.render([&](web::Html& out) { views::customer::create(out, view); }, http::Status::Conflict);
}

using StoredFiles = std::span<const attachments::StoredFile>;

/// Another photo is something new.
bool has_same_files(db::Connection& db, ServiceRequestId first, StoredFiles files)
{
    const auto sent = attachments::list_attachments(db, first, base::Visibility::Public);
    return sent.size() == files.size() && std::ranges::all_of(files, [&](const attachments::StoredFile& file) {
        return std::ranges::find(sent, file.sha256, &attachments::Attachment::sha256) != sent.end();
    });
}

bool is_same(db::Connection& db, const web::Context& ctx, const RequestInput& input, ServiceRequestId id)
{
    const auto first = service_requests::get_service_request(db, ctx.visitor(), id);
    return shared::is_same_leak(db, first,
        {.address = input.request.address,
            .name = first.contact_name,
            .phone = input.request.contact_phone,
            .description = input.request.description,
            .answers = input.typed.leak.answers},
        ctx.now());
}

// Back shows the form with its text again, so Send may be pressed by mistake. Whoever means it says so ("again"). A
// leak is never held up by a question: when nothing at all is new, the first one's receipt answers it.
void ask_before_a_second(db::Transaction& tx, const web::Context& ctx, const RequestInput& input, StoredFiles files)
{
    if (ctx.request().form_value("again"))
        return;
    const auto first = service_requests::find_same(tx, input.request, base::Time(ctx.now() - shared::sent_lately));
    // The same submission once more, such as a double click, gets its result without a question.
    const bool is_second =
        first && (!input.is_emergency || (is_same(tx, ctx, input, first->id) && has_same_files(tx, first->id, files)));
    if (is_second && !web::find_submission(tx, web::submission_fingerprint(ctx)))
        throw SentBefore(*first);
}

/// The new service request, or the one that the same submission made before.
ServiceRequestId save(web::Context& ctx, storage::Store& store, const RequestInput& input)
{
    ctx.release();
    attachments::KeptFiles kept(store);
    kept.keep(ctx.files(), input.files.files);
    const auto left_out = shared::left_out_of(input.files);
    leaks::LeakReport leak = input.typed.leak.answers;
    leak.sender = http::subscriber_of(ctx.request().remote_address);
    leak.language = shared::leak_language(ctx);
    const auto work = [&](db::Transaction& tx) {
        ask_before_a_second(tx, ctx, input, kept.files());
        web::remove_draft(tx, ctx);
        return actions::submit_request(tx, ctx.act(),
            {.request = input.request,
                .leak = leak,
                .files = kept.files(),
                .left_out = left_out,
                .most_a_day = ctx.site().rules.requests_a_day});
    };
    try {
        return kept.settle_with([&] { return web::submit_once(ctx, work); });
    } catch (SentBefore& before) {
        before.held = shared::hold_kept(ctx, store, kept);
        throw;
    }
}

/// What the link that led here names, unless the kept text has a type: a gas leak never waits behind that.
std::string type_for(web::Context& ctx, std::string kept)
{
    const std::string_view asked = ctx.request().query_value("type").value_or("");
    const auto types = ctx.recent(request_types::list_request_types);
    const auto type = request_types::find_request_type(*types, asked);
    return kept.empty() || (type && type->is_emergency) ? std::string(asked) : kept;
}

} // namespace

http::Response new_request(web::Context& ctx)
{
    const web::Drafts drafts = web::find_drafts(ctx);
    TypedRequest typed = typed_request(web::fields_for(drafts, ""));
    // Where it smelled once, and how, must not become another leak's without a question.
    typed.kept_address = typed.address;
    typed.leak = {};
    typed.type = type_for(ctx, std::move(typed.type));
    CreateView view = create_view(ctx, typed, http::Status::Ok);
    view.lost_files = web::lost_files_of(web::fields_for(drafts, ""));
    web::note_kept(ctx, view.page, drafts, {""});
    return ctx.render([&](web::Html& out) { views::customer::create(out, view); });
}

http::Response submit_request(web::Context& ctx, storage::Store& store)
{
    const RequestInput input = read_request(ctx, store);
    if (!input.typed.errors.empty())
        return draw(ctx, input, input.files.refusal, shared::hold_files(ctx, store, input.files));
    try {
        return http::redirect(urls::received_request(save(ctx, store, input)));
    } catch (const SentBefore& before) {
        if (input.is_emergency)
            return http::redirect(urls::received_request(before.first.id) + std::string(shared::again_query));
        return ask(ctx, input.typed, before);
    } catch (const base::Unavailable& error) {
        web::log_unsaved("create", error);
        return draw(ctx, input, http::Status::ServiceUnavailable);
    }
}

} // namespace pages::customer
