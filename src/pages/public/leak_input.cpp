#include "pages/public/leak_input.hpp"

#include "base/crypto.hpp"
#include "leaks/leak_text.hpp"
#include "pages/shared/emergencies/leak_questions.hpp"
#include "web/forms/submission.hpp"

#include <fmt/format.h>

namespace pages::public_ {

namespace {

constexpr std::size_t least_key = 22;
constexpr std::size_t token_bytes = 32;

} // namespace

TypedLeak read_leak(const http::Request& request)
{
    TypedLeak typed;
    web::FormReader reader(request, typed.errors);
    typed.address =
        reader.line("address", {.least = 1,
                                   .most = leaks::any_length,
                                   .missing = base::MessageId("Enter the address so the crew can find it.")});
    typed.name = reader.line("name", {.least = 0, .most = leaks::any_length});
    typed.phone = reader.line("phone", {.least = 0, .most = leaks::any_length});
    typed.notes = reader.text("notes", {.least = 0, .most = leaks::any_length});
    if (request.fault == http::BodyFault::TooLarge)
        leaks::note_cut(typed.notes);
    typed.leak = shared::read_leak_questions(request.form);
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
