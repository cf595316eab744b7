#include "pages/settings/contact_input.hpp"

#include "base/text.hpp"
#include "pages/shared/contact_rules.hpp"
#include "web/forms/merge.hpp"

namespace pages::settings {

namespace {

/// True when there is a clash.
bool merge(TypedContact& typed, const web::Fields& form, const users::User& saved)
{
    web::Merge merge(form, saved.version, typed.errors);
    merge.field("phone", typed.phone, saved.phone);
    merge.field("email", typed.email, saved.email);
    typed.shown = merge.shown();
    if (!merge.has_clash())
        typed.version = saved.version;
    return merge.has_clash();
}

} // namespace

ContactInput read_contact(web::Context& ctx)
{
    web::require_fields(ctx.request().form, {"phone", "email"});
    ContactInput input;
    TypedContact& typed = input.typed;
    web::FormReader reader(ctx.request(), typed.errors);
    typed.phone = shared::read_phone(reader, typed.errors);
    typed.email = reader.line("email", {.least = 0, .most = 254});
    shared::check_email(typed.errors, typed.email);
    typed.version = reader.number("version").value_or(0);
    const users::User saved = users::get_user(ctx.db(), ctx.visitor().user_id);
    input.is_clash = merge(typed, ctx.request().form, saved);
    if (typed.email == saved.email || input.is_clash)
        return input;
    input.current = check_own_password(
        ctx, reader.raw("current_password"), base::MessageId("To change your email, type your current password."));
    if (input.current.checked_hash.empty())
        typed.errors.add("current_password", input.current.error);
    return input;
}

TypedContact contact_of(const users::User& saved, const web::Fields& draft)
{
    TypedContact typed{
        .phone = saved.phone, .email = saved.email, .version = saved.version, .shown = shown_of(saved), .errors = {}};
    if (draft.empty())
        return typed;
    typed.phone = web::field_of(draft, "phone");
    typed.email = web::field_of(draft, "email");
    typed.version = base::parse_integer(web::field_of(draft, "version")).value_or(saved.version);
    merge(typed, draft, saved);
    return typed;
}

std::string shown_of(const users::User& saved)
{
    return web::shown_field({{"phone", saved.phone}, {"email", saved.email}});
}

} // namespace pages::settings
