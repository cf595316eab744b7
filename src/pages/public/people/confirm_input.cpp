#include "pages/public/people/confirm_input.hpp"

#include "actions/people/register.hpp"
#include "pages/public/people/register_input.hpp"
#include "sign_in/password.hpp"
#include "users/look_alikes.hpp"
#include "users/user.hpp"

namespace pages::public_ {

namespace {

bool is_right(const std::string& password, const registrations::Registration& wanted)
{
    return sign_in::check_password(password, wanted.password_hash) != sign_in::PasswordCheck::Wrong;
}

void check_password(web::Context& ctx, ConfirmInput& input)
{
    if (input.password.empty()) {
        input.errors.add("password", base::Text("Type the password that you chose."));
        return;
    }
    ctx.release();
    if (is_right(input.password, input.registration))
        return;
    ctx.write([&](db::Transaction& tx) { actions::note_wrong_password(tx, input.registration); });
    ctx.log_security({.event = "wrong_password", .detail = "registration"});
    input.errors.add(
        "password", base::Text("That’s not the password that you chose on this site when you registered."));
}

bool is_somebodys(db::Connection& db, std::string_view username)
{
    return users::is_username_taken(db, username) || users::find_look_alike(db, username).has_value();
}

} // namespace

void refuse_taken_username(ConfirmInput& input)
{
    input.asks_for_username = true;
    input.errors.add("username", base::Text("Somebody else has this user name. Choose another one."));
}

ConfirmInput read_confirmation(web::Context& ctx, const registrations::Registration& wanted)
{
    ConfirmInput input{.registration = wanted, .password = {}, .errors = {}};
    web::FormReader reader(ctx.request(), input.errors);
    // The field stands there only after the first name was refused; emptied, the site makes a name.
    if (ctx.request().form_value("username"))
        input.registration.username = users::normal_username(reader.line("username", {.least = 0, .most = 150}));
    check_username(input.errors, input.registration.username);
    input.asks_for_username = !input.errors.empty();
    input.password = reader.raw("password");
    check_password(ctx, input);
    if (!input.errors.empty())
        return input;
    input.registration.username = actions::username_for(ctx.db(), input.registration);
    // Told to those only who read their mail and know the password.
    if (is_somebodys(ctx.db(), input.registration.username))
        refuse_taken_username(input);
    return input;
}

} // namespace pages::public_
