#include "pages/public/emergency_pages.hpp"

#include "accounts/account.hpp"
#include "base/error.hpp"
#include "base/log.hpp"
#include "base/text.hpp"
#include "http/head/addresses.hpp"
#include "pages/public/leak_input.hpp"
#include "pages/shared/contact_rules.hpp"
#include "pages/shared/emergencies/leak_again.hpp"
#include "pages/shared/emergencies/leak_questions.hpp"
#include "pages/shared/urls.hpp"
#include "public/emergency.html.hpp"
#include "service_requests/private_link.hpp"
#include "users/user.hpp"
#include "web/forms/csrf.hpp"
#include "web/forms/lost_files.hpp"
#include "web/forms/submission.hpp"

#include <fmt/format.h>

#include <exception>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace pages::public_ {

namespace {

// The private link of this browser's last report: who has the link may see the report.
constexpr std::string_view last_report_cookie = "gu_leak";
/// Not asked for as a token: it says for whom the form was drawn.
constexpr std::string_view drawn_for = "csrf";

/// Staff write down what different callers say.
bool is_of_a_caller(const web::Context& ctx)
{
    return ctx.visitor().is_staff() || ctx.request().path == urls::desk_call();
}

EmergencyView emergency_view(web::Context& ctx)
{
    EmergencyView view;
    view.page = ctx.bare_page(base::Text("Gas leak: what to do now"));
    view.action = urls::emergency() + ctx.language_query();
    view.submission = ctx.request().form_value("submission").value_or("");
    if (!ctx.visitor().is_guest())
        view.drawn_for = web::form_seal(ctx.site().form_key, ctx.visitor().user_id);
    return view;
}

/// The same browser sent the same report before.
struct SentBefore
{
};

/// What this browser reported last. Never one whose receipt is not shown any more.
std::optional<service_requests::ServiceRequest> last_of_browser(
    db::Connection& db, const web::Context& ctx, std::string_view token)
{
    const std::string_view last_token = ctx.cookie(last_report_cookie);
    if (last_token.empty() || last_token == token || is_of_a_caller(ctx))
        return std::nullopt;
    auto last = service_requests::find_followed(db, last_token, ctx.now());
    if (!last || last->link != service_requests::PrivateLink::Works)
        return std::nullopt;
    return std::move(last->request);
}

/// Who sends the same report again by Back and Send means the first one.
void answer_by_the_first(db::Transaction& tx, const web::Context& ctx, const service_requests::ServiceRequest& first,
    const actions::ReportLeak& report)
{
    const shared::SentLeak sent{.address = report.address,
        .name = report.name,
        .phone = report.phone,
        .description = report.notes,
        .answers = report.answers};
    if (!ctx.request().form_value("again") && shared::is_same_leak(tx, first, sent, ctx.now()))
        throw SentBefore();
}

base::Text title_of(const shared::RefusedLeak& refusal)
{
    if (refusal.must_call_911)
        return base::Text("Call 911 now. Your report is not saved yet");
    if (refusal.is_unavailable)
        return base::Text("Problem: your report is not saved");
    if (refusal.is_unreadable)
        return base::Text("Problem: your report was not sent");
    return base::Text("Problem: the address is missing");
}

/// An address that keeps the language which this one chose.
std::string with_language(const web::Context& ctx, std::string address)
{
    std::string query = ctx.language_query();
    if (!query.empty() && address.find('?') != std::string::npos)
        query.front() = '&';
    return address + query;
}

// Comfort only: the page never fails for it.
void fill_in_account(web::Context& ctx, EmergencyView& view)
{
    if (ctx.visitor().is_guest() || ctx.visitor().is_staff())
        return;
    try {
        const auto accounts = accounts::list_accounts_of(ctx.db(), ctx.visitor().user_id);
        const users::User user = users::get_user(ctx.db(), ctx.visitor().user_id);
        view.form.phone = shared::known_phone(user, accounts);
        view.form.name = base::trim(user.first_name + " " + user.last_name);
        if (accounts.size() != 1)
            return;
        view.form.address = accounts.front().address;
        view.is_from_account = !view.form.address.empty();
    } catch (const std::exception& error) {
        base::log::error(fmt::format("emergency form: {}", error.what()));
    }
}

http::Response refuse(web::Context& ctx, const TypedLeak& typed, http::Status status)
{
    EmergencyView view = emergency_view(ctx);
    // Somebody else may be signed in, whose report it must not become.
    if (view.drawn_for.empty() && !ctx.session_token().empty())
        view.drawn_for = "nobody";
    view.form = typed;
    view.refusal = {.is_unavailable = status == http::Status::ServiceUnavailable,
        .is_unreadable = status == http::Status::BadRequest,
        .must_call_911 = typed.leak.answers.unable_to_leave == "yes",
        .address = typed.address};
    if (view.submission.empty())
        view.submission = web::new_submission_key();
    std::vector<std::string> lost;
    for (const web::RefusedFile& file : typed.lost)
        lost.push_back(file.name);
    view.lost_files = web::not_sent_words(lost);
    view.page.title = title_of(view.refusal);
    return ctx.render([&](web::Html& out) { views::public_::emergency(out, view); }, status);
}

} // namespace

http::Response emergency_form(web::Context& ctx)
{
    EmergencyView view = emergency_view(ctx);
    view.page.description = base::Text("Smell gas? Leave the building now. Then call.");
    view.submission = web::new_submission_key();
    fill_in_account(ctx, view);
    return ctx.render([&](web::Html& out) { views::public_::emergency(out, view); });
}

http::Response report_leak(web::Context& ctx)
{
    if (ctx.request().fault == http::BodyFault::Malformed)
        return refuse(ctx, {}, http::Status::BadRequest);
    const auto reader = ctx.request().form_value(drawn_for);
    if (reader && web::sealed_user(ctx.site().form_key, *reader) != ctx.visitor().user_id)
        ctx.set_session({}, {});
    return take_leak(ctx, read_leak(ctx.request()));
}

http::Response take_leak(web::Context& ctx, const TypedLeak& typed)
{
    if (!typed.errors.empty())
        return refuse(ctx, typed, http::Status::UnprocessableContent);
    const std::string token = follow_token(ctx);
    actions::ReportLeak report = leak_report_of(typed, token);
    if (!is_of_a_caller(ctx)) {
        report.answers.sender = http::subscriber_of(ctx.request().remote_address);
        report.answers.language = shared::leak_language(ctx);
    }
    const auto say_whom_to_call = [&](const std::exception& error) {
        base::log::error(fmt::format("leak report: {}", error.what()));
        return refuse(ctx, typed, http::Status::ServiceUnavailable);
    };
    try {
        web::submit_once(ctx, [&](db::Transaction& tx) {
            if (const auto last = last_of_browser(tx, ctx, token)) {
                answer_by_the_first(tx, ctx, *last, report);
                report.last_of_browser = last->id;
            }
            return actions::report_leak(tx, ctx.act(), report);
        });
    } catch (const SentBefore&) {
        return http::redirect(
            with_language(ctx, urls::leak_report(ctx.cookie(last_report_cookie)) + std::string(shared::again_query)));
    } catch (const base::Unavailable& error) {
        return say_whom_to_call(error);
    } catch (const db::Error& error) {
        // Damaged data, most likely: the page about it would not say first that somebody must call.
        return say_whom_to_call(error);
    }
    if (!is_of_a_caller(ctx))
        ctx.set_cookie(last_report_cookie, token, std::chrono::seconds(shared::sent_lately).count());
    return http::redirect(with_language(ctx, urls::leak_report(token)));
}

} // namespace pages::public_
