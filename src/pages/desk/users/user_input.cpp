#include "pages/desk/users/user_input.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "pages/shared/contact_rules.hpp"
#include "pages/shared/urls.hpp"
#include "users/emails.hpp"
#include "users/look_alikes.hpp"
#include "web/forms/merge.hpp"

#include <utility>

namespace pages::desk {

namespace {

base::Role read_role(web::Context& ctx, web::FormReader& reader, base::Role current)
{
    const std::string name = reader.raw("role");
    const auto given = base::parse_role(name);
    if (!name.empty() && !given)
        throw base::BadRequest(base::Text("The role must be customer, representative, supervisor or administrator."));
    const base::Role role = given.value_or(current);
    if (role != current && !ctx.visitor().is_at_least(base::Role::Administrator))
        throw base::Forbidden("only administrators set roles");
    return role;
}

void read_details(web::FormReader& reader, UserInput& input)
{
    users::UserChange& details = input.details;
    details.first_name = reader.line("first_name", {.least = 0, .most = 150});
    details.last_name = reader.line("last_name", {.least = 0, .most = 150});
    details.email = reader.line("email", {.least = 0, .most = 254});
    details.phone = shared::read_phone(reader, input.errors);
    shared::check_email(input.errors, details.email);
}

std::string state_of(bool is_active)
{
    return is_active ? "1" : "";
}

void merge(UserInput& input, const web::Fields& form, const users::User& saved)
{
    users::UserChange& details = input.details;
    std::string role(base::role_name(details.role));
    std::string state = state_of(details.is_active);
    web::Merge merge(form, saved.version, input.errors);
    merge.field("first_name", details.first_name, saved.first_name);
    merge.field("last_name", details.last_name, saved.last_name);
    merge.field("email", details.email, saved.email);
    merge.field("phone", details.phone, saved.phone);
    merge.field("role", role, std::string(base::role_name(saved.role)));
    merge.field("is_active", state, state_of(saved.is_active));
    details.role = base::parse_role(role).value_or(saved.role);
    details.is_active = !state.empty();
    input.shown = merge.shown();
    input.is_clash = merge.has_clash();
    if (!input.is_clash)
        details.version = saved.version;
}

UserInput read_changed_details(web::Context& ctx, const users::User& before)
{
    UserInput input;
    web::FormReader reader(ctx.request(), input.errors);
    read_details(reader, input);
    input.details.role = read_role(ctx, reader, before.role);
    input.details.is_active = reader.checked("is_active");
    input.details.version = reader.number("version").value_or(0);
    merge(input, ctx.request().form, before);
    return input;
}

/// Asked once of an email that is new for the user: a household may share one.
void ask_about_shared_email(web::Context& ctx, UserInput& input, const users::User& before)
{
    const std::string& email = input.details.email;
    if (email.empty() || !input.errors.of("email").empty() || !input.details.is_active ||
        (base::ascii_lower(email) == base::ascii_lower(before.email) && before.is_active))
        return;
    auto others = users::list_users_with_email(ctx.db(), email, 2);
    std::erase_if(others, [&](const users::User& user) { return user.id == before.id; });
    if (others.empty())
        return;
    input.email_asked = email;
    if (ctx.request().form_value("email_asked") != email)
        input.errors.add("email",
            base::Text(
                "{name} ({username}) has this email, too. Mail for both goes there, and unless one of them alone "
                "confirmed it, it signs in neither. Is it right? Save again.",
                {{"name", others.front().full_name()}, {"username", others.front().username}}));
}

void order_errors(web::FormErrors& errors)
{
    errors.order(
        {"username", "first_name", "last_name", "email", "phone", "role", "account", "new_number", "new_address"});
}

} // namespace

UserInput read_new_user(web::Context& ctx)
{
    UserInput input;
    web::FormReader reader(ctx.request(), input.errors);
    input.username = users::normal_username(
        reader.line("username", {.least = 1, .most = 150, .missing = base::MessageId("Choose a user name.")}));
    input.details.role = read_role(ctx, reader, base::Role::Customer);
    read_details(reader, input);
    if (!input.username.empty() && !users::is_valid_username(input.username))
        input.errors.add("username", base::Text("Use letters, digits and @ . + - _ only."));
    else if (users::is_username_taken(ctx.db(), input.username))
        input.errors.add("username", base::Text(username_is_taken));
    else if (users::mixes_alphabets(input.username))
        input.errors.add("username", base::Text("Don’t mix Latin letters with Cyrillic or Greek ones in a word."));
    else if (users::find_look_alike(ctx.db(), input.username))
        input.errors.add("username", base::Text(username_looks_taken));
    input.account = read_account_or_new(ctx, input.errors,
        {.id = {},
            .name = base::full_name(input.details.first_name, input.details.last_name, input.username),
            .phone = input.details.phone});
    ask_about_shared_email(ctx, input, {});
    order_errors(input.errors);
    return input;
}

actions::CreateUser new_user_of(const UserInput& input, std::string password_hash, std::string_view password_salt)
{
    const users::UserChange& details = input.details;
    actions::CreateUser wanted{.user = {.username = input.username,
                                   .first_name = details.first_name,
                                   .last_name = details.last_name,
                                   .email = details.email,
                                   .phone = details.phone,
                                   .role = details.role,
                                   .password_hash = std::move(password_hash),
                                   .must_change_password = true},
        .password_salt = password_salt,
        .account = input.account.chosen};
    if (!input.account.made.number.empty())
        wanted.new_account = input.account.made;
    return wanted;
}

UserInput read_user_change(web::Context& ctx, const users::User& before)
{
    UserInput input = read_changed_details(ctx, before);
    web::require_fields(ctx.request().form, {"first_name", "last_name", "email", "phone"});
    input.account = read_account_choice(ctx, input.errors, {.id = before.id, .name = before.full_name()});
    ask_about_shared_email(ctx, input, before);
    order_errors(input.errors);
    return input;
}

std::optional<UserInput> find_unsaved(web::Context& ctx, const users::User& saved)
{
    if (!ctx.request().form_value("version"))
        return std::nullopt;
    UserInput input = read_changed_details(ctx, saved);
    const bool is_same = users::changed_fields(saved, input.details).empty() && input.details.role == saved.role &&
                         input.details.is_active == saved.is_active;
    return is_same ? std::nullopt : std::optional(std::move(input));
}

web::Fields unsaved_fields(web::Context& ctx, const users::User& saved)
{
    if (!find_unsaved(ctx, saved) && ctx.request().form_value("account").value_or("").empty())
        return {};
    web::Fields typed = web::keepable_fields(ctx.request().form);
    std::erase_if(typed, [](const auto& field) { return field.first == "account_id" || field.first == "unlink"; });
    return typed;
}

void keep_unsaved(db::Transaction& tx, const web::Context& ctx, UserId user, const web::Fields& fields)
{
    const std::string page = urls::desk_user(user);
    web::remove_drafts_of(tx, ctx, page);
    if (!fields.empty())
        web::save_draft(tx, ctx.visitor().user_id, page, fields, ctx.now());
}

void fill_in(users::User& user, const UserInput& input)
{
    if (!user.id)
        user.username = input.username;
    user.first_name = input.details.first_name;
    user.last_name = input.details.last_name;
    user.email = input.details.email;
    user.phone = input.details.phone;
    user.role = input.details.role;
    user.is_active = input.details.is_active;
    user.version = input.details.version;
}

UserInput input_of(const users::User& user, const web::Fields& draft)
{
    UserInput input;
    input.username = web::field_of(draft, "username");
    input.details = {.first_name = std::string(web::field_of(draft, "first_name")),
        .last_name = std::string(web::field_of(draft, "last_name")),
        .email = std::string(web::field_of(draft, "email")),
        .phone = std::string(web::field_of(draft, "phone")),
        .role = base::parse_role(web::field_of(draft, "role")).value_or(user.role),
        .is_active = !user.id || !web::field_of(draft, "is_active").empty(),
        .version = base::parse_integer(web::field_of(draft, "version")).value_or(user.version)};
    if (user.id)
        merge(input, draft, user);
    return input;
}

std::string shown_of(const users::User& saved)
{
    return web::shown_field({{"first_name", saved.first_name}, {"last_name", saved.last_name}, {"email", saved.email},
        {"phone", saved.phone}, {"role", std::string(base::role_name(saved.role))},
        {"is_active", state_of(saved.is_active)}});
}

} // namespace pages::desk
