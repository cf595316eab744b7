#include "pages/desk/users/user_view.hpp"

#include "base/reference.hpp"
#include "events/newest.hpp"
#include "pages/desk/directory_history.hpp"
#include "pages/desk/users/temporary_password.hpp"
#include "service_requests/emergency.hpp"
#include "sign_in/factor/second_factor.hpp"
#include "sign_in/throttle.hpp"
#include "users/closing.hpp"
#include "users/emails.hpp"
#include "users/wrong_passwords.hpp"

namespace pages::desk {

namespace {

/// When, and on which device if that is known.
base::Text last_sign_in(const i18n::Dates& dates, const users::User& user)
{
    const std::string when = dates.friendly(*user.last_login);
    if (!user.last_browser.empty() && !user.last_system.empty())
        return {base::MessageId("Last sign-in {when}, with {browser} on {system}"),
            {{"when", when}, {"browser", user.last_browser}, {"system", user.last_system}}};
    const std::string& device = user.last_browser.empty() ? user.last_system : user.last_browser;
    if (!device.empty())
        return {base::MessageId("Last sign-in {when}, with {device}"), {{"when", when}, {"device", device}}};
    return {base::MessageId("Last sign-in {when}"), {{"when", when}}};
}

/// Who else has the email of an active user: then it signs in neither, unless one alone confirmed it.
std::string name_with_same_email(web::Context& ctx, const users::User& user)
{
    if (user.email.empty() || !user.is_active)
        return {};
    for (const users::User& other : users::list_users_with_email(ctx.db(), user.email, 2)) {
        if (other.id != user.id)
            return other.full_name();
    }
    return {};
}

} // namespace

UserView user_view(web::Context& ctx, users::User saved)
{
    UserView view;
    view.may_edit = users::may_change(ctx.visitor(), saved);
    view.may_set_role = view.may_edit && ctx.visitor().is_at_least(base::Role::Administrator);
    if (saved.id) {
        view.shown = shown_of(saved);
        const i18n::Dates dates = ctx.dates();
        view.accounts = accounts::list_accounts_of(ctx.db(), saved.id);
        view.requests = requests_of(ctx, saved.id);
        view.history = directory_history(ctx, events::Subject::User, saved.id.value);
        if (const auto reset =
                events::find_newest_event(ctx.db(), events::Subject::User, saved.id.value, events::Kind::PasswordReset))
            view.last_reset = reset->id;
        view.created = dates.day(saved.date_joined);
        view.same_email = name_with_same_email(ctx, saved);
        if (const auto closed = users::find_closed_at(ctx.db(), saved.id))
            view.closed = dates.day(*closed);
        if (saved.last_login)
            view.last_sign_in = last_sign_in(dates, saved);
        if (const auto wrong = users::find_wrong_passwords(ctx.db(), saved.id); wrong.times > 0)
            view.wrong_passwords =
                base::Text::plural("{n} wrong password since {when}", "{n} wrong passwords since {when}",
                    static_cast<std::uint64_t>(wrong.times), {{"when", dates.friendly(wrong.since)}});
        view.has_factor = sign_in::has_second_factor(ctx.db(), saved.id);
        view.may_reset_factor =
            ctx.visitor().is_at_least(base::Role::Administrator) && ctx.visitor().user_id != saved.id;
        if (const auto until = sign_in::find_wait(ctx.db(), saved.username, ctx.now()))
            view.wait = dates.friendly(*until);
    }
    view.full_name = saved.full_name();
    view.phone = saved.phone;
    view.role = saved.role;
    view.is_active = saved.is_active;
    view.page = ctx.page(saved.id ? base::Text::verbatim(view.full_name) : base::Text("New user"), web::Place::Users);
    view.page.has_fields = true;
    view.user = std::move(saved);
    return view;
}

void fill_in(UserView& view, const web::Fields& draft)
{
    if (draft.empty())
        return;
    const UserInput input = input_of(view.user, draft);
    fill_in(view.user, input);
    view.shown = input.shown;
}

UserView refused_user_view(web::Context& ctx, users::User saved, const UserInput& input)
{
    UserView view = user_view(ctx, std::move(saved));
    fill_in(view.user, input);
    view.account = input.account;
    view.shown = input.shown;
    view.email_asked = input.email_asked;
    view.errors = input.errors;
    view.page.title = web::title_of_refused(std::move(view.page.title));
    return view;
}

UserView clashing_user_view(web::Context& ctx, const users::User& saved, const UserInput& input)
{
    UserView view = user_view(ctx, saved);
    fill_in(view.user, input);
    view.account = input.account;
    view.user.version = saved.version;
    view.clash_by = changed_by(ctx, events::Subject::User, saved.id.value);
    view.clash = saved_version({saved.full_name(), saved.email, saved.phone, std::string(base::role_name(saved.role))});
    return view;
}

UserView reset_before_view(web::Context& ctx, UserId id, const web::Fields& unsaved, const events::Event& first)
{
    UserView view = user_view(ctx, users::get_user(ctx.db(), id));
    view.reset_before = reset_by(ctx, first);
    view.temporary_password = find_temporary_password(ctx, id);
    fill_in(view, unsaved);
    view.account = typed_account_choice(unsaved);
    view.is_unsaved = !unsaved.empty();
    return view;
}

std::optional<UserView> leaks_to_ask_about(web::Context& ctx, const users::User& saved, const UserInput& input)
{
    constexpr std::size_t most_named = 5;
    if (!actions::takes_from_the_desk(saved, input.details))
        return std::nullopt;
    const auto in_hand = service_requests::list_in_hand(ctx.db(), saved.id);
    std::string ids;
    std::string named;
    for (std::size_t i = 0; i < in_hand.size(); ++i) {
        ids += (i == 0 ? "" : ",") + std::to_string(in_hand[i].id.value);
        if (i < most_named)
            named += (i == 0 ? "" : "; ") +
                     (in_hand[i].address.empty() ? base::reference(in_hand[i].id) : in_hand[i].address);
    }
    if (in_hand.size() > most_named)
        named += "; …";
    if (in_hand.empty() || ctx.request().form_value("ringing") == ids)
        return std::nullopt;
    UserView view = refused_user_view(ctx, saved, input);
    view.rings = base::Text::plural("{name} has 1 open emergency: {where}. It will ring for everybody.",
        "{name} has {n} open emergencies: {where}. They will ring for everybody.",
        static_cast<std::uint64_t>(in_hand.size()), {{"name", saved.full_name()}, {"where", named}});
    view.ringing = ids;
    return view;
}

} // namespace pages::desk
