#include "pages/public/sign_in_pages.hpp"

#include "base/error.hpp"
#include "base/reference.hpp"
#include "base/text.hpp"
#include "pages/public/code_pages.hpp"
#include "pages/public/emergency_pages.hpp"
#include "pages/public/leak_input.hpp"
#include "pages/public/provider/refusal.hpp"
#include "pages/public/session_start.hpp"
#include "pages/public/sign_in_input.hpp"
#include "pages/shared/urls.hpp"
#include "public/sign_in.html.hpp"
#include "web/forms/draft.hpp"
#include "web/forms/submission.hpp"
#include "web/forms/upload.hpp"
#include "web/local_path.hpp"

namespace pages::public_ {

namespace {

base::Text title_of(const SignInView& view)
{
    if (view.leak.must_call_911)
        return base::Text("Call 911 now. Your message was not sent");
    if (view.leak.is_signed_out)
        return base::Text("Call us: your message was not sent");
    if (view.confirms_email)
        return base::Text("Sign in to confirm your new email");
    return view.has_ended ? base::Text("Sign in again") : base::Text("Sign in");
}

/// The link that confirms a new email.
bool is_email_link(std::string_view path)
{
    const std::string link = urls::email_link("");
    return path.starts_with(std::string_view(link).substr(0, link.size() - 1));
}

/// What the page says first when a comment on `typist`'s own open leak was not sent; nothing for any other form. Its
/// address stays out: somebody else may sit here now.
shared::RefusedLeak comment_on_leak(web::Context& ctx, UserId typist)
{
    const ServiceRequestId id{base::parse_integer(ctx.path_value("id")).value_or(0)};
    if (!typist || ctx.request().path != urls::customer_comments(id))
        return {};
    const std::string sent = web::submission_fingerprint(typist, web::submission_content(ctx.request()));
    if (web::find_submission(ctx.db(), sent))
        return {};
    try {
        const base::Visitor owner{.user_id = typist, .role = base::Role::Customer, .username = {}, .full_name = {}};
        const auto request = service_requests::get_service_request(ctx.db(), owner, id);
        const bool is_open = request.is_emergency && request.status == service_requests::Status::Pending;
        return {.is_signed_out = is_open,
            .must_call_911 = is_open && shared::leak_received({ctx.db(), ctx.dates()}, request).must_call_911()};
    } catch (const base::NotFound&) {
        return {};
    }
}

http::Response draw(web::Context& ctx, SignInView view, http::Status status)
{
    view.confirms_email = is_email_link(view.next);
    view.page = ctx.page(web::title_of_form(title_of(view), view.errors));
    return ctx.render([&](web::Html& out) { views::public_::sign_in(out, view); }, status);
}

void offer(SignInView& view, const SelfService& service)
{
    view.has_mail = service.has_mail;
    view.takes_registrations = service.takes_registrations;
    if (service.provider == nullptr)
        return;
    view.provider_label = sign_in_label(*service.provider);
    view.provider_url = urls::provider(view.next, view.typist);
}

base::Text wrong_words(const SelfService& service)
{
    if (service.takes_registrations)
        return base::Text("That user name or password is wrong. Check both and try again. Did you just register? Open "
                          "the link in our email first.");
    return base::Text("That user name or password is wrong. Check both and try again.");
}

/// "I have it" and "Yes, I have it now".
bool is_taking(std::string_view path)
{
    if (path.ends_with('/'))
        path.remove_suffix(1);
    const std::string_view last = path.substr(path.rfind('/') + 1);
    return last == "take" || last == "take-over";
}

} // namespace

http::Response sign_in_form(web::Context& ctx, const SelfService& service)
{
    std::string next = web::local_path(ctx.request().query_value("next").value_or(""));
    // Signed in meanwhile, mostly in another tab.
    const bool is_of_desk = next.starts_with(urls::desk());
    if (!ctx.visitor().is_guest() && next != urls::front() && is_of_desk == ctx.visitor().is_staff())
        return http::redirect(std::move(next));
    if (!ctx.visitor().is_guest())
        return http::redirect(ctx.visitor().is_staff() ? urls::desk() : urls::front());
    SignInView view;
    view.next = std::move(next);
    offer(view, service);
    return draw(ctx, std::move(view), http::Status::Ok);
}

http::Response sign_in(web::Context& ctx, const SelfService& service)
{
    SignInView view = read_sign_in(ctx.request());
    offer(view, service);
    const std::string password(ctx.request().form_value("password").value_or(""));
    if (view.username.empty())
        view.errors.add("username", base::Text("Enter your user name or email."));
    if (password.empty())
        view.errors.add("password", base::Text("Type your password."));
    if (!view.errors.empty())
        return draw(ctx, std::move(view), http::Status::UnprocessableContent);
    SessionStart start;
    try {
        start = start_session(ctx, {.username = view.username,
                                       .password = password,
                                       .is_public_computer = view.is_public_computer,
                                       .local = service.local});
    } catch (const base::TooManyAttempts& attempts) {
        ctx.log_security({.event = "guess_refused"});
        view.errors.add("username", attempts.text);
        auto page = draw(ctx, std::move(view), http::Status::TooManyRequests);
        page.header("Retry-After", std::to_string(attempts.retry_after_seconds));
        return page;
    }
    const std::optional<users::User>& user = start.user;
    if (!user && start.has_ended) {
        view.errors.add("password",
            base::Text("This temporary password has ended: it works for 24 hours. Call us for a new one: {phone}.",
                {{"phone", ctx.site().names.service_phone}}));
        return draw(ctx, std::move(view), http::Status::UnprocessableContent);
    }
    if (start.is_for_provider) {
        view.errors.add("username",
            base::Text("The staff sign in here with their work account. Use the button at the end of this page."));
        return draw(ctx, std::move(view), http::Status::Forbidden);
    }
    if (!user) {
        view.errors.add("username", wrong_words(service));
        return draw(ctx, std::move(view), http::Status::UnprocessableContent);
    }
    return start.needs_code ? lead_to_code(view.next, view.typist) : lead_on(ctx, *user, view.next, view.typist);
}

http::Response ask_to_sign_in_anew(web::Context& ctx, const SelfService& service, std::string next, UserId typist)
{
    SignInView view;
    view.next = std::move(next);
    view.typist = typist;
    offer(view, service);
    view.errors.add("username", base::Text("That took too long, or something changed meanwhile. Sign in again."));
    return draw(ctx, std::move(view), http::Status::UnprocessableContent);
}

http::Response ask_to_sign_in_again(web::Context& ctx, const SelfService& service, UserId typist, std::string next)
{
    if (const auto leak = read_leak_of_ended_session(ctx, typist))
        return take_leak(ctx, *leak);
    SignInView view;
    offer(view, service);
    view.next = std::move(next);
    view.has_ended = true;
    view.files_are_lost = web::has_files(ctx);
    view.leak = comment_on_leak(ctx, typist);
    if (is_taking(ctx.request().path))
        view.not_taken = base::reference(ctx.id<ServiceRequestId>("id"));
    if (typist && web::keep_for(ctx, typist)) {
        view.is_kept = true;
        view.typist = typist;
    }
    offer(view, service);
    return draw(ctx, std::move(view), http::Status::Forbidden);
}

} // namespace pages::public_
