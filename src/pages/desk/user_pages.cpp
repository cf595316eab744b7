#include "pages/desk/user_pages.hpp"

#include "actions/change_password.hpp"
#include "actions/change_user.hpp"
#include "base/crypto.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "desk/user.html.hpp"
#include "pages/desk/directory_history.hpp"
#include "pages/desk/directory_views.hpp"
#include "sign_in/password.hpp"
#include "web/forms/draft.hpp"

#include <fmt/format.h>

#include <array>

namespace pages::desk {

namespace {

void require_edit(const base::Visitor& visitor, const users::User& user)
{
    if (!users::may_change(visitor, user))
        throw base::Forbidden("only administrators change staff");
}

http::Response draw(web::Context& ctx, UserView view, http::Status status)
{
    const bool is_new = !view.user.id;
    view.may_edit = users::may_change(ctx.visitor(), view.user);
    view.may_set_role = ctx.visitor().is_at_least(base::Role::Administrator);
    if (!is_new) {
        view.accounts = accounts::list_accounts_of(ctx.db(), view.user.id);
        view.history = directory_history(ctx, events::Subject::User, view.user.id.value);
        view.created = ctx.dates().day(view.user.date_joined);
        if (view.user.last_login)
            view.last_sign_in = ctx.dates().friendly(*view.user.last_login);
        if (view.user.is_locked(ctx.now()))
            view.locked_until = ctx.dates().friendly(view.user.locked_until);
    }
    base::Text title = is_new ? base::Text("New user") : base::Text::verbatim(view.user.full_name());
    view.page = ctx.page(web::title_of_form(std::move(title), view.errors), web::Place::Users);
    return ctx.render([&](web::Html& out) { views::desk::user(out, view); }, status);
}

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

void read_details(web::FormReader& reader, web::FormErrors& errors, users::User& user)
{
    user.first_name = reader.line("first_name", {.least = 0, .most = 150});
    user.last_name = reader.line("last_name", {.least = 0, .most = 150});
    user.email = reader.line("email", {.least = 0, .most = 254});
    user.phone = reader.line("phone", {.least = 0, .most = 30});
    if (!user.email.empty() && !users::is_valid_email(user.email))
        errors.add("email", base::Text("Enter an email such as name@example.com."));
    if (!users::is_valid_phone(user.phone))
        errors.add("phone", base::Text("Enter a phone number with 7 to 15 digits, such as (518) 555-0134."));
}

/// What was typed before the session ended, its version too: a change made meanwhile is then a clash.
void fill_in(users::User& user, const web::Fields& draft)
{
    if (draft.empty())
        return;
    if (!user.id)
        user.username = web::field_of(draft, "username");
    user.first_name = web::field_of(draft, "first_name");
    user.last_name = web::field_of(draft, "last_name");
    user.email = web::field_of(draft, "email");
    user.phone = web::field_of(draft, "phone");
    user.role = base::parse_role(web::field_of(draft, "role")).value_or(user.role);
    user.is_active = !user.id || !web::field_of(draft, "is_active").empty();
    user.version = base::parse_integer(web::field_of(draft, "version")).value_or(user.version);
}

/// Easy to read out: letters and digits that cannot be mistaken, in groups.
std::string make_temporary_password()
{
    constexpr std::string_view letters = "abcdefghjkmnpqrstuvwxyz23456789";
    std::string password;
    for (const char byte : base::random_bytes(16)) {
        if (password.size() % 5 == 4)
            password += '-';
        password += letters[static_cast<unsigned char>(byte) % letters.size()];
    }
    return password;
}

void end_live_pages(web::Context& ctx, web::LiveHub& live, UserId user)
{
    for (const auto& stream : live.open_streams()) {
        if (stream->visitor.user_id == user && stream->session_hash != ctx.session_hash())
            live.end_session(stream->session_hash);
    }
}

} // namespace

http::Response new_user(web::Context& ctx)
{
    UserView view;
    fill_in(view.user, web::fields_for(web::find_drafts(ctx), {}));
    return draw(ctx, std::move(view), http::Status::Ok);
}

http::Response create_user(web::Context& ctx)
{
    UserView view;
    web::FormReader reader(ctx.request(), view.errors);
    view.user.username =
        reader.line("username", {.least = 1, .most = 150, .missing = base::MessageId("Choose a user name.")});
    view.user.role = read_role(ctx, reader, base::Role::Customer);
    read_details(reader, view.errors, view.user);
    if (!view.user.username.empty() && !users::is_valid_username(view.user.username))
        view.errors.add("username", base::Text("Use letters, digits and @ . + - _ only."));
    else if (users::find_user(ctx.db(), view.user.username))
        view.errors.add("username", base::Text("This user name is taken. Choose another one."));
    if (!view.errors.empty())
        return draw(ctx, std::move(view), http::Status::UnprocessableContent);

    ctx.release();
    view.temporary_password = make_temporary_password();
    const users::NewUser user{.username = view.user.username,
        .first_name = view.user.first_name,
        .last_name = view.user.last_name,
        .email = view.user.email,
        .phone = view.user.phone,
        .role = view.user.role,
        .password_hash = sign_in::hash_password(view.temporary_password),
        .must_change_password = true};
    try {
        const UserId id = ctx.write([&](db::Transaction& tx) {
            web::remove_draft(tx, ctx);
            return actions::add_user(tx, ctx.act(), user);
        });
        view.user = users::get_user(ctx.db(), id);
    } catch (const db::ConstraintViolation&) {
        view.temporary_password.clear();
        view.errors.add("username", base::Text("This user name is taken. Choose another one."));
        return draw(ctx, std::move(view), http::Status::UnprocessableContent);
    }
    return draw(ctx, std::move(view), http::Status::Ok);
}

http::Response show_user(web::Context& ctx)
{
    const web::Drafts drafts = web::find_drafts(ctx);
    UserView view;
    view.user = users::get_user(ctx.db(), ctx.id<UserId>("id"));
    fill_in(view.user, web::fields_for(drafts, {}));
    return draw(ctx, std::move(view), http::Status::Ok);
}

http::Response save_user(web::Context& ctx, web::LiveHub& live)
{
    UserView view;
    const users::User before = users::get_user(ctx.db(), ctx.id<UserId>("id"));
    require_edit(ctx.visitor(), before);
    view.user = before;
    web::FormReader reader(ctx.request(), view.errors);
    read_details(reader, view.errors, view.user);
    view.user.role = read_role(ctx, reader, before.role);
    view.user.is_active = reader.checked("is_active");
    view.user.version = reader.number("version").value_or(0);
    if (!view.errors.empty())
        return draw(ctx, std::move(view), http::Status::UnprocessableContent);

    const users::UserChange change{.first_name = view.user.first_name,
        .last_name = view.user.last_name,
        .email = view.user.email,
        .phone = view.user.phone,
        .role = view.user.role,
        .is_active = view.user.is_active,
        .version = view.user.version};
    const auto result = ctx.write([&](db::Transaction& tx) {
        const auto done = actions::change_user(tx, ctx.act(), before.id, change);
        if (done == users::UserUpdate::Done)
            web::remove_draft(tx, ctx);
        return done;
    });
    if (result == users::UserUpdate::LastAdministrator) {
        view.errors.add(
            "role", base::Text("This is the last active administrator. Make somebody else an administrator first."));
        return draw(ctx, std::move(view), http::Status::UnprocessableContent);
    }
    if (result == users::UserUpdate::Stale) {
        const users::User saved = users::get_user(ctx.db(), before.id);
        view.clash =
            saved_version({saved.full_name(), saved.email, saved.phone, std::string(base::role_name(saved.role))});
        view.user.version = saved.version;
        return draw(ctx, std::move(view), http::Status::Conflict);
    }
    if (!view.user.is_active || view.user.role != before.role)
        end_live_pages(ctx, live, before.id);
    ctx.flash("user-saved");
    return http::redirect(fmt::format("/admin/users/{}/", before.id.value));
}

http::Response force_password_reset(web::Context& ctx, web::LiveHub& live)
{
    UserView view;
    view.user = users::get_user(ctx.db(), ctx.id<UserId>("id"));
    require_edit(ctx.visitor(), view.user);
    ctx.release();
    view.temporary_password = make_temporary_password();
    const std::string hash = sign_in::hash_password(view.temporary_password);
    ctx.write([&](db::Transaction& tx) { actions::reset_password(tx, ctx.act(), view.user.id, hash); });
    end_live_pages(ctx, live, view.user.id);
    view.user.locked_until = {};
    return draw(ctx, std::move(view), http::Status::Ok);
}

http::Response end_lock(web::Context& ctx)
{
    const users::User user = users::get_user(ctx.db(), ctx.id<UserId>("id"));
    require_edit(ctx.visitor(), user);
    ctx.write([&](db::Transaction& tx) { actions::end_lock(tx, ctx.act(), user.id); });
    ctx.flash("user-unlocked");
    return http::redirect(fmt::format("/admin/users/{}/", user.id.value));
}

} // namespace pages::desk
