#include "pages/desk/proof/proof.hpp"

#include "actions/change_password.hpp"
#include "actions/factors/change_factor.hpp"
#include "actions/factors/check_code.hpp"
#include "actions/sign_in.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "desk/confirm.html.hpp"
#include "pages/desk/proof/views.hpp"
#include "pages/shared/sign_in_attempt.hpp"
#include "pages/shared/urls.hpp"
#include "sign_in/factor/typed_code.hpp"
#include "sign_in/provider/identity.hpp"
#include "web/local_path.hpp"

#include <string>
#include <utility>

namespace pages::desk {

namespace {

constexpr std::string_view password_field = "confirm_password";
constexpr std::string_view code_field = "confirm_code";

struct Typed
{
    std::string password;
    std::string code;

    bool empty() const { return password.empty() && code.empty(); }
};

Typed typed_in(const http::Request& request)
{
    return {.password = std::string(request.form_value(password_field).value_or("")),
        .code = std::string(base::trim(request.form_value(code_field).value_or("")))};
}

/// Why it was not taken; nothing when it was.
struct Refusal
{
    std::string_view field;
    base::Text text;
    http::Status status = http::Status::UnprocessableContent;
    int retry_after_seconds = 0;
};

http::Response draw(web::Context& ctx, ConfirmView view, http::Status status)
{
    view.has_factor = sign_in::has_second_factor(ctx.db(), ctx.visitor().user_id);
    // The browser that comes back brings no form, and from another site: not to the export itself.
    if (sign_in::has_identity(ctx.db(), ctx.visitor().user_id))
        view.provider_url = urls::provider_again(view.is_form ? ctx.request().path : urls::desk_queue());
    view.page = ctx.page(web::title_of_form(base::Text("Confirm that it’s you"), view.errors));
    view.page.has_fields = true;
    return ctx.render([&](web::Html& out) { views::desk::confirm(out, view); }, status);
}

void prove(web::Context& ctx, db::Transaction& tx)
{
    if (!actions::prove_session(tx, ctx.session_hash(), ctx.now()))
        throw base::Conflict(base::Text("You were signed out a moment ago, so nothing was saved."));
}

std::optional<Refusal> check_password(
    web::Context& ctx, const sign_in::SignInAttempt& attempt, const std::string& password)
{
    const auto hash = actions::check_own_password(ctx.site().database, attempt, password);
    if (!hash)
        return Refusal{.field = password_field, .text = base::Text("That’s not your current password.")};
    ctx.write([&](db::Transaction& tx) {
        actions::require_same_password(tx, ctx.act(), *hash);
        prove(ctx, tx);
    });
    return std::nullopt;
}

std::optional<Refusal> check_code(web::Context& ctx, const sign_in::SignInAttempt& attempt, std::string_view typed)
{
    // No guess, and none is used up: the password is enough here.
    if (sign_in::kind_of_code(typed) == sign_in::CodeKind::Recovery)
        return Refusal{.field = code_field,
            .text = base::Text("That is a recovery code. Keep it for a sign-in without your phone, and type your "
                               "password here or the 6 digits from your app.")};
    const UserId user = ctx.visitor().user_id;
    const auto code = actions::check_code(ctx.site().database, attempt, user, {.code = typed});
    const bool was_taken = code.is_right() && ctx.write([&](db::Transaction& tx) {
        const bool counts = actions::use_code(tx, user, code, ctx.now());
        if (counts)
            prove(ctx, tx);
        return counts;
    });
    if (was_taken)
        return std::nullopt;
    const bool was_used = code.is_right() || code.kind == actions::CheckedCode::Kind::Used;
    if (code.kind == actions::CheckedCode::Kind::Late)
        return Refusal{.field = code_field, .text = base::Text(actions::code_expired)};
    return Refusal{.field = code_field,
        .text = was_used ? base::Text(actions::code_used_before) : base::Text("That code is wrong.")};
}

/// Check what was typed and remember it for the session.
std::optional<Refusal> check(web::Context& ctx, const Typed& typed)
{
    const std::string username = ctx.visitor().username;
    ctx.release();
    try {
        const sign_in::SignInAttempt attempt = shared::begin_attempt(ctx, username);
        auto refusal = typed.password.empty() ? check_code(ctx, attempt, typed.code)
                                              : check_password(ctx, attempt, typed.password);
        if (!refusal) {
            ctx.set_proved_at(ctx.now());
            ctx.log_security({.event = "confirmed"});
        }
        return refusal;
    } catch (const base::TooManyAttempts& attempts) {
        ctx.log_security({.event = "guess_refused", .about = ctx.visitor().user_id});
        return Refusal{.field = password_field,
            .text = attempts.text,
            .status = http::Status::TooManyRequests,
            .retry_after_seconds = attempts.retry_after_seconds};
    }
}

http::Response refuse(web::Context& ctx, ConfirmView view, const Refusal& refusal)
{
    view.errors.add(std::string(refusal.field), refusal.text);
    http::Response page = draw(ctx, std::move(view), refusal.status);
    if (refusal.retry_after_seconds > 0)
        page.header("Retry-After", std::to_string(refusal.retry_after_seconds));
    return page;
}

/// The form as it was sent, without what this page adds to it.
ConfirmView view_of_form(const http::Request& request)
{
    ConfirmView view{.path = request.target};
    for (const auto& [name, value] : request.form) {
        if (name != "csrf" && name != password_field && name != code_field)
            view.fields.emplace_back(name, value);
    }
    return view;
}

ConfirmView view_of_page(std::string next)
{
    return {.path = {}, .fields = {{"next", std::move(next)}}, .is_form = false};
}

} // namespace

std::optional<http::Response> ask_for_proof(web::Context& ctx)
{
    if (ctx.is_proved())
        return std::nullopt;
    const Typed typed = typed_in(ctx.request());
    if (typed.empty())
        return draw(ctx, view_of_form(ctx.request()), http::Status::Forbidden);
    if (const auto refusal = check(ctx, typed))
        return refuse(ctx, view_of_form(ctx.request()), *refusal);
    return std::nullopt;
}

std::optional<http::Response> ask_before_page(web::Context& ctx)
{
    if (ctx.is_proved())
        return std::nullopt;
    return draw(ctx, view_of_page(ctx.request().target), http::Status::Forbidden);
}

http::Response confirm(web::Context& ctx)
{
    std::string next = web::local_path(ctx.request().form_value("next").value_or(""));
    const Typed typed = typed_in(ctx.request());
    const auto refusal = typed.empty()
                             ? Refusal{.field = password_field, .text = base::Text("Type your current password.")}
                             : check(ctx, typed);
    if (refusal)
        return refuse(ctx, view_of_page(std::move(next)), *refusal);
    return http::redirect(next);
}

} // namespace pages::desk
