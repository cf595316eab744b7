#include "pages/customer/create_pages.hpp"

#include "accounts/account.hpp"
#include "actions/submit_request.hpp"
#include "attachments/kept_files.hpp"
#include "base/error.hpp"
#include "base/log.hpp"
#include "base/reference.hpp"
#include "base/text.hpp"
#include "customer/create.html.hpp"
#include "customer/received.html.hpp"
#include "http/head/addresses.hpp"
#include "pages/shared/file_rules.hpp"
#include "pages/shared/presentation.hpp"
#include "request_types/request_type.hpp"
#include "users/user.hpp"
#include "web/forms/draft.hpp"
#include "web/forms/submission.hpp"
#include "web/forms/upload.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace pages::customer {

using namespace service_requests;

namespace {

constexpr std::string_view elsewhere = "other";
constexpr std::size_t longest_description = 5000;
constexpr std::size_t longest_address = 200;
constexpr std::size_t longest_phone = 40;
constexpr std::size_t words_of_an_address = 64;

/// What a checked form asks for.
struct Wanted
{
    NewServiceRequest request;
    bool is_emergency = false;
    leaks::LeakReport leak;
    web::FileCheck files;
};

std::string one_of(std::string_view value, const auto& allowed)
{
    return std::string(std::find(allowed.begin(), allowed.end(), value) == allowed.end() ? "unknown" : value);
}

leaks::LeakReport leak_from(const web::Fields& fields)
{
    return {.place = one_of(web::field_of(fields, "place"), leaks::leak_places),
        .strength = one_of(web::field_of(fields, "strength"), leaks::leak_strengths),
        .unable_to_leave = one_of(web::field_of(fields, "unable_to_leave"), leaks::leak_unable_to_leave)};
}

void choose_first_account(CreateView& view)
{
    // While we ask which of two addresses it is, neither is chosen for the visitor.
    if (view.account.empty() && view.asked_account.empty())
        view.account = view.accounts.empty() ? std::string(elsewhere) : view.accounts.front().value;
}

/// What reading the form needs; show() adds what only the page needs.
CreateView blank_view(web::Context& ctx)
{
    CreateView view;
    for (const auto& account : accounts::list_accounts_of(ctx.db(), ctx.visitor().user_id))
        view.accounts.push_back({std::to_string(account.id.value), account.number, account.address});
    return view;
}

http::Response show(web::Context& ctx, CreateView& view, http::Status status = http::Status::Ok)
{
    view.page = ctx.page(status == http::Status::Ok ? "New request" : "Problem: New request", web::Place::NewRequest);
    const auto types = ctx.recent(request_types::list_request_types);
    for (const auto& type : *types) {
        if (type.is_active)
            view.types.push_back({type.slug, type.name, type.hint, type.icon, type.is_emergency});
    }
    if (view.submission.empty())
        view.submission = web::new_submission_key();
    choose_first_account(view);
    return ctx.render([&](web::Html& out) { views::customer::create(out, view); }, status);
}

void fill_in(CreateView& view, const web::Fields& fields)
{
    view.type = web::field_of(fields, "request_type");
    view.description = web::field_of(fields, "description");
    view.account = web::field_of(fields, "account");
    view.address = web::field_of(fields, "address");
    view.phone = web::field_of(fields, "phone");
    view.leak.answers = leak_from(fields);
}

bool is_same_place(std::string_view one, std::string_view other)
{
    return base::words(one, words_of_an_address) == base::words(other, words_of_an_address);
}

/// A leak's address when two were given. It is not refused for that: the crew is told both, first what was typed on
/// purpose, and then the account's, which stood there by itself but is right when only "second floor" was typed.
std::string both_addresses(std::string typed, std::string_view of_account)
{
    std::replace_if(
        typed.begin(), typed.end(), [](unsigned char byte) { return byte < 0x20 || byte == 0x7F; }, ' ');
    return fmt::format("{}{} (account’s address: {})", base::first_code_points(typed, longest_address),
        base::count_code_points(typed) > longest_address ? "…" : "", of_account);
}

/// An account is chosen. Another address typed beside it is never dropped in silence: we ask which one it is, and take
/// the account as the answer only when it was chosen with the question in sight.
void use_account(CreateView& view, const web::Fields& form, const CreateView::AddressChoice& account, Wanted& wanted)
{
    wanted.request.account_id = AccountId{base::parse_integer(account.value).value_or(0)};
    wanted.request.address = account.address;
    const std::string typed(base::trim(view.address));
    if (typed.empty() || is_same_place(typed, account.address))
        return;
    const bool is_answered = web::field_of(form, "asked_address") == typed && !web::field_of(form, "account").empty();
    if (is_answered) {
        view.asked_address = typed;
    } else if (wanted.is_emergency) {
        wanted.request.address = both_addresses(typed, account.address);
    } else {
        view.asked_address = typed;
        view.asked_account = account.address;
        view.account.clear();
        view.errors.add(
            "account", fmt::format("You chose {}, but also typed {}. Which one is it?", account.address, typed));
    }
}

/// Account and address: one of the visitor's own accounts, or a place in words. Without the field: the first account.
void read_place(CreateView& view, web::FormReader& reader, const web::Fields& form, Wanted& wanted)
{
    choose_first_account(view);
    const auto account = std::find_if(
        view.accounts.begin(), view.accounts.end(), [&](const auto& choice) { return choice.value == view.account; });
    if (account != view.accounts.end()) {
        use_account(view, form, *account, wanted);
    } else if (view.account == elsewhere) {
        // Somebody without an account may leave it open; who has one and says "somewhere else" must say where.
        view.address = reader.line("address",
            {.least = view.accounts.empty() ? 0U : 1U, .most = longest_address, .missing = "Say where it is."});
        wanted.request.address = view.address;
    } else {
        view.errors.add("account", "Choose where it is.");
    }
}

Wanted read_form(web::Context& ctx, const storage::Store& store, CreateView& view)
{
    fill_in(view, ctx.request().form);
    Wanted wanted;
    web::FormReader reader(ctx.request(), view.errors);
    const auto types = ctx.recent(request_types::list_request_types);
    if (const auto type = request_types::find_request_type(*types, view.type)) {
        view.type = type->slug;
        wanted.request.type_id = type->id;
        wanted.is_emergency = type->is_emergency;
    } else {
        view.errors.add("request_type", "Choose what it is about.");
    }
    wanted.request.user_id = ctx.visitor().user_id;
    read_place(view, reader, ctx.request().form, wanted);
    wanted.request.description = reader.text("description",
        {.least = 1, .most = longest_description, .missing = "Tell us what is happening, in a few words."});
    wanted.request.contact_phone = reader.line("phone", {.least = 0, .most = longest_phone, .missing = {}});
    if (view.errors.of("phone").empty() && !users::is_valid_phone(wanted.request.contact_phone))
        view.errors.add("phone", "Enter a phone number with 7 to 15 digits, or leave it empty.");
    wanted.request.contact_name = ctx.visitor().full_name;
    wanted.leak = view.leak.answers;
    wanted.leak.sender = http::subscriber_of(ctx.request().remote_address);
    wanted.files = web::check_files(ctx, pages::shared::file_rules(store), view.errors);
    return wanted;
}

/// The new service request, or the one that the same submission made before.
ServiceRequestId save(web::Context& ctx, storage::Store& store, const Wanted& wanted)
{
    ctx.release();
    attachments::KeptFiles kept(store);
    kept.keep(ctx.files(), wanted.files.types);
    const auto work = [&](db::Transaction& tx) {
        web::remove_draft(tx, ctx);
        return actions::submit_request(
            tx, ctx.act(), {.request = wanted.request, .leak = wanted.leak, .files = kept.files()});
    };
    return kept.settle_with([&] { return web::submit_once(ctx, work); });
}

http::Response show_again(web::Context& ctx, CreateView& view, http::Status status)
{
    view.submission = ctx.request().form_value("submission").value_or("");
    view.files_are_lost = !ctx.files().empty() || ctx.request().fault != http::BodyFault::None;
    view.is_unavailable = status == http::Status::ServiceUnavailable;
    return show(ctx, view, status);
}

} // namespace

http::Response new_request(web::Context& ctx)
{
    CreateView view = blank_view(ctx);
    fill_in(view, web::fields_for(web::find_drafts(ctx), {}));
    if (view.type.empty())
        view.type = ctx.request().query_value("type").value_or("");
    return show(ctx, view);
}

http::Response submit_request(web::Context& ctx, storage::Store& store)
{
    CreateView view = blank_view(ctx);
    const Wanted wanted = read_form(ctx, store, view);
    if (!view.errors.empty())
        return show_again(ctx, view, wanted.files.refusal);
    try {
        const ServiceRequestId id = save(ctx, store, wanted);
        return http::redirect(fmt::format("/service/{}/received/", id.value));
    } catch (const base::Unavailable& error) {
        base::log::warning(fmt::format("request {} create: {}", ctx.request_id(), error.what()));
        return show_again(ctx, view, http::Status::ServiceUnavailable);
    }
}

http::Response show_received(web::Context& ctx)
{
    const auto request = get_service_request(ctx.db(), ctx.visitor(), ctx.id<ServiceRequestId>("id"));
    const auto types = ctx.recent(request_types::list_request_types);
    const auto type = std::find_if(
        types->begin(), types->end(), [&](const auto& candidate) { return candidate.id == request.type_id; });
    const std::chrono::minutes answer_within = type == types->end() ? std::chrono::minutes(0) : type->answer_within;
    ReceivedView view{.page = ctx.page("We have your request", web::Place::Requests),
        .id = request.id,
        .reference = base::reference(request.id),
        .is_emergency = request.is_emergency,
        .answer_minutes = answer_within.count(),
        .answer_by = shared::friendly_moment(ctx.site().zone, request.submitted_at + answer_within, ctx.now()),
        .paragraphs = {}};
    view.paragraphs = timeline::paragraphs_of(request.description);
    return ctx.render([&](web::Html& out) { views::customer::received(out, view); });
}

} // namespace pages::customer
