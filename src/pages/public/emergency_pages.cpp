#include "pages/public/emergency_pages.hpp"

#include "base/error.hpp"
#include "base/log.hpp"
#include "http/head/addresses.hpp"
#include "pages/public/leak_input.hpp"
#include "pages/shared/urls.hpp"
#include "public/emergency.html.hpp"
#include "web/forms/submission.hpp"

#include <fmt/format.h>

namespace pages::public_ {

namespace {

EmergencyView emergency_view(web::Context& ctx)
{
    EmergencyView view;
    view.page = ctx.bare_page(base::Text("Gas leak: what to do now"));
    view.submission = ctx.request().form_value("submission").value_or("");
    return view;
}

http::Response refuse(web::Context& ctx, const TypedLeak& typed, http::Status status)
{
    EmergencyView view = emergency_view(ctx);
    view.page.title = web::title_of_refused(view.page.title);
    view.form = typed;
    view.is_unavailable = status == http::Status::ServiceUnavailable;
    return ctx.render([&](web::Html& out) { views::public_::emergency(out, view); }, status);
}

} // namespace

http::Response emergency_form(web::Context& ctx)
{
    EmergencyView view = emergency_view(ctx);
    view.page.description =
        base::Text("Smell gas? Leave the building, then call. You can also report the leak online.");
    view.submission = web::new_submission_key();
    return ctx.render([&](web::Html& out) { views::public_::emergency(out, view); });
}

http::Response report_leak(web::Context& ctx)
{
    const TypedLeak typed = read_leak(ctx.request());
    if (!typed.errors.empty())
        return refuse(ctx, typed, http::Status::UnprocessableContent);
    const std::string token = follow_token(ctx);
    actions::ReportLeak report = leak_report_of(typed, token);
    // Staff write down what different callers say.
    if (!ctx.visitor().is_staff())
        report.answers.sender = http::subscriber_of(ctx.request().remote_address);
    const auto say_whom_to_call = [&](const std::exception& error) {
        base::log::error(fmt::format("request {} leak report: {}", ctx.request_id(), error.what()));
        return refuse(ctx, typed, http::Status::ServiceUnavailable);
    };
    try {
        web::submit_once(ctx, [&](db::Transaction& tx) { return actions::report_leak(tx, ctx.act(), report); });
    } catch (const base::Unavailable& error) {
        return say_whom_to_call(error);
    } catch (const db::Error& error) {
        // Damaged data, most likely: the page about it would not say first that somebody must call.
        return say_whom_to_call(error);
    }
    return http::redirect(urls::leak_report(token));
}

} // namespace pages::public_
