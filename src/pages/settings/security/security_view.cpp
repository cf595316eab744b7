#include "pages/settings/security/security_view.hpp"

#include "base/crypto.hpp"
#include "events/newest.hpp"
#include "pages/settings/waiting_form.hpp"
#include "settings/security.html.hpp"
#include "settings/security_for_staff.html.hpp"
#include "settings/security_forced.html.hpp"
#include "sign_in/factor/recovery_code.hpp"
#include "sign_in/factor/totp.hpp"

#include <fmt/format.h>

namespace pages::settings {

namespace {

constexpr std::size_t longest_salt = 64;
constexpr std::size_t letters_in_a_group = 4;

std::string in_groups(std::string_view secret)
{
    std::string text;
    for (std::size_t i = 0; i < secret.size(); i += letters_in_a_group)
        text += (i == 0 ? "" : " ") + std::string(secret.substr(i, letters_in_a_group));
    return text;
}

OfferedFactor offer(const web::Context& ctx, std::string salt)
{
    const std::string secret = offered_secret(ctx, salt);
    const sign_in::TotpLabel label{.site = ctx.site().names.name, .username = ctx.visitor().username};
    return {.salt = std::move(salt), .secret = in_groups(secret), .qr = qr_code(sign_in::totp_uri(label, secret))};
}

SecurityView security_view(web::Context& ctx)
{
    const UserId user = ctx.visitor().user_id;
    SecurityView view{.is_forced = ctx.must_add_factor(),
        .is_required = ctx.site().rules.needs_second_factor(ctx.visitor()),
        .asks_password = !ctx.is_proved(),
        .waiting_page = waiting_page(ctx)};
    if (const auto factor = sign_in::find_second_factor(ctx.db(), user)) {
        view.is_on = true;
        view.since = ctx.dates().friendly(factor->created_at);
        view.codes_left = sign_in::count_recovery_codes(ctx.db(), user);
        view.codes = shown_codes(ctx);
    } else {
        view.offer = offer(ctx, salt_in(ctx));
    }
    return view;
}

} // namespace

std::vector<std::string> shown_codes(web::Context& ctx)
{
    const auto salt = sign_in::find_shown_codes(ctx.db(), ctx.visitor().user_id, ctx.session_hash(), ctx.now());
    return salt ? sign_in::make_recovery_codes(ctx.session_token(), *salt) : std::vector<std::string>();
}

std::string salt_of_session(web::Context& ctx)
{
    // Whatever was turned on before had a key of its own.
    const auto before =
        events::find_newest_event(ctx.db(), events::Subject::User, ctx.visitor().user_id.value, events::Kind::FactorOn);
    const base::Sha256 bytes =
        base::hmac_sha256(ctx.session_token(), fmt::format("second factor after {}", before ? before->id.value : 0));
    return sign_in::base32({reinterpret_cast<const char*>(bytes.data()), sign_in::totp_secret_bytes});
}

std::string salt_in(web::Context& ctx)
{
    const std::string_view typed = ctx.request().form_value("salt").value_or("");
    return typed.empty() || typed.size() > longest_salt ? salt_of_session(ctx) : std::string(typed);
}

/// The same for the same salt, so that nothing is stored before the user has shown a code of it. Only this site can
/// make it, and of a user's salt nobody else's secret.
std::string offered_secret(const web::Context& ctx, std::string_view salt)
{
    const base::Sha256 bytes =
        base::hmac_sha256(ctx.site().form_key, fmt::format("second factor {} {}", ctx.visitor().user_id.value, salt));
    return sign_in::base32({reinterpret_cast<const char*>(bytes.data()), sign_in::totp_secret_bytes});
}

std::optional<ShownSecret> find_shown_secret(web::Context& ctx)
{
    const std::string_view typed = ctx.request().form_value("code").value_or("");
    for (const std::string& salt : {salt_in(ctx), salt_of_session(ctx)}) {
        std::string secret = offered_secret(ctx, salt);
        if (const auto step = sign_in::find_totp_step(secret, typed, ctx.now()))
            return ShownSecret{.secret = std::move(secret), .step = *step};
    }
    return std::nullopt;
}

http::Response draw_security(web::Context& ctx, const RefusedSecurity& refused, http::Status status)
{
    SecurityView view = security_view(ctx);
    view.errors = refused.errors;
    view.asks_password = view.asks_password || !refused.password.error.empty();
    view.longer_password = refused.longer_password;
    view.page = ctx.page(web::title_of_form(base::Text("Security"), view.errors), web::Place::Account);
    view.page.has_fields = true;
    http::Response page = ctx.render(
        [&](web::Html& out) {
            if (view.is_forced)
                views::settings::security_forced(out, view);
            else if (ctx.visitor().is_staff())
                views::settings::security_for_staff(out, view);
            else
                views::settings::security(out, view);
        },
        status);
    page.header("Cache-Control", "no-store");
    return page;
}

http::Response refuse_security(web::Context& ctx, const RefusedSecurity& refused)
{
    return refuse(draw_security(ctx, refused, refused.password.refusal), refused.password);
}

OwnPassword check_current_password(web::Context& ctx)
{
    return check_own_password(ctx, std::string(ctx.request().form_value("current_password").value_or("")),
        base::MessageId("Type your current password."));
}

MadeCodes::MadeCodes(const web::Context& ctx)
    : salt(base::random_token()),
      hashes(sign_in::hash_recovery_codes(sign_in::make_recovery_codes(ctx.session_token(), salt), salt)),
      shown_to(ctx.session_hash())
{}

} // namespace pages::settings
