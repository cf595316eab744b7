#include "pages/public/leak_input.hpp"

#include "accounts/account.hpp"
#include "base/crypto.hpp"
#include "base/text.hpp"
#include "leaks/leak_text.hpp"
#include "pages/shared/emergencies/leak_questions.hpp"
#include "pages/shared/urls.hpp"
#include "request_types/request_type.hpp"
#include "web/forms/lost_files.hpp"
#include "web/forms/submission.hpp"
#include "web/forms/upload.hpp"

#include <fmt/format.h>

namespace pages::public_ {

namespace {

constexpr std::size_t least_key = 22;
constexpr std::size_t token_bytes = 32;
constexpr auto address_is_missing = base::MessageId("Enter the address so the crew can find it.");

std::string address_of_account(web::Context& ctx, UserId typist)
{
    const std::string_view choice = ctx.request().form_value("account").value_or("");
    const auto chosen = base::parse_integer(choice);
    if (choice.empty() || choice == "other")
        return {};
    if (typist && chosen) {
        for (const accounts::Account& account : accounts::list_accounts_of(ctx.db(), typist)) {
            if (account.id == AccountId{*chosen})
                return account.address;
        }
    }
    std::string shown = chosen ? shared::shown_address(ctx.request().form, *chosen) : std::string();
    const bool has_words = !base::trim(ctx.request().form_value("address").value_or("")).empty();
    return shown.empty() && !has_words ? shared::shown_addresses(ctx.request().form) : shown;
}

/// What only staff know how to read, such as an account's number, stays in words. Nobody looks it up for a guest.
void read_caller(TypedLeak& typed, web::FormReader& reader)
{
    typed.name = reader.line("name", {.least = 0, .most = leaks::any_length});
    const std::string customer = reader.line("customer", {.least = 0, .most = leaks::any_length});
    const std::string note = reader.text("note", {.least = 0, .most = leaks::any_length});
    if (!customer.empty())
        typed.notes += fmt::format("{}Customer: {}", typed.notes.empty() ? "" : "\n\n", customer);
    if (!note.empty())
        typed.notes += fmt::format("{}Note: {}", typed.notes.empty() ? "" : "\n\n", note);
    if (typed.address.empty() && !customer.empty())
        typed.address = fmt::format("Customer {}", customer);
}

} // namespace

bool is_new_leak(web::Context& ctx)
{
    const http::Request& request = ctx.request();
    const bool is_call = request.path == urls::desk_call() && request.form_value("choose").value_or("").empty() &&
                         !request.form_value("find");
    if (request.method != http::Method::Post || !(is_call || request.path == urls::new_request()))
        return false;
    const auto types = ctx.recent(request_types::list_request_types);
    const auto type = request_types::find_request_type(*types, request.form_value("request_type").value_or(""));
    return type && type->is_emergency;
}

std::optional<TypedLeak> read_leak_of_ended_session(web::Context& ctx, UserId typist)
{
    if (!is_new_leak(ctx))
        return std::nullopt;
    const std::string sent = web::submission_fingerprint(typist, web::submission_content(ctx.request()));
    if (typist && web::find_submission(ctx.db(), sent))
        return std::nullopt;
    TypedLeak typed;
    web::FormReader reader(ctx.request(), typed.errors);
    typed.address = reader.line("address", {.least = 0, .most = leaks::any_length});
    const std::string of_account = address_of_account(ctx, typist);
    if (typed.address.empty())
        typed.address = of_account;
    else if (!of_account.empty() && of_account != typed.address)
        typed.address = fmt::format("{} (account’s address: {})", typed.address, of_account);
    typed.phone = reader.line("phone", {.least = 0, .most = leaks::any_length});
    typed.notes = reader.text("description", {.least = 0, .most = leaks::any_length});
    if (ctx.request().path == urls::desk_call())
        read_caller(typed, reader);
    if (typed.address.empty())
        typed.errors.add("address", base::Text(address_is_missing));
    if (web::is_text_cut(ctx.request()))
        leaks::note_cut(typed.notes);
    typed.leak = shared::read_leak_questions(ctx.request().form);
    typed.lost = web::all_lost(ctx.request());
    return typed;
}

TypedLeak read_leak(const http::Request& request)
{
    TypedLeak typed;
    web::FormReader reader(request, typed.errors);
    typed.address = reader.line("address", {.least = 1, .most = leaks::any_length, .missing = address_is_missing});
    typed.name = reader.line("name", {.least = 0, .most = leaks::any_length});
    typed.phone = reader.line("phone", {.least = 0, .most = leaks::any_length});
    typed.notes = reader.text("notes", {.least = 0, .most = leaks::any_length});
    if (request.fault == http::BodyFault::TooLarge)
        leaks::note_cut(typed.notes);
    typed.leak = shared::read_leak_questions(request.form);
    web::add_left_out(request, {}, typed.lost);
    return typed;
}

actions::ReportLeak leak_report_of(const TypedLeak& typed, std::string_view token)
{
    actions::ReportLeak report;
    report.notes = typed.notes;
    report.address = leaks::fit_line(typed.address, "Address", report.notes);
    report.name = leaks::fit_line(typed.name, "Name", report.notes);
    report.phone = leaks::fit_line(typed.phone, "Phone", report.notes);
    report.answers = typed.leak.answers;
    report.follow_hash = base::hex(base::sha256(token));
    for (const web::RefusedFile& file : typed.lost)
        report.left_out.push_back({.name = file.name, .reason = std::string(web::file_fault_name(file.fault))});
    return report;
}

std::string follow_token(const web::Context& ctx)
{
    const std::string_view key = ctx.request().form_value("submission").value_or("");
    if (key.size() < least_key)
        return base::random_token(token_bytes);
    const auto digest = base::sha256(fmt::format("follow {} {}", key, web::submission_fingerprint(ctx)));
    return base::base64url({reinterpret_cast<const char*>(digest.data()), digest.size()});
}

} // namespace pages::public_
