#include "actions/change_user.hpp"
#include "commands/admin/administer.hpp"
#include "commands/admin/new_password.hpp"
#include "commands/commands.hpp"

#include "base/text.hpp"
#include "commands/terminal.hpp"
#include "sign_in/password.hpp"
#include "users/look_alikes.hpp"
#include "users/user.hpp"

#include <fmt/format.h>

namespace commands {

namespace {

std::string take_password(const SuperuserOptions& options, const Ask& ask)
{
    return take_new_password(options.no_input ? Asking::Never : Asking::Allowed, ask);
}

void take_names(SuperuserOptions& options, const Ask& ask)
{
    if (options.no_input && options.username.empty())
        throw Refused("--no-input needs --username");
    if (!options.no_input && options.username.empty())
        options.username = must_answer(ask, "User name", false);
    options.username = users::normal_username(options.username);
    if (options.username.empty())
        throw Refused("the user name is empty; nothing was changed");
    if (!options.no_input && options.email.empty())
        options.email = std::string(base::trim(must_answer(ask, "Email (may be empty)", false)));
    if (!users::is_valid_username(options.username))
        throw Refused("the user name must be 1 to 150 letters, digits and @ . + - _");
    if (!options.email.empty() && !users::is_valid_email(options.email))
        throw Refused(fmt::format("\"{}\" is not an email", options.email));
}

void refuse_taken(db::Database& database, const std::string& username)
{
    const auto lease = database.read();
    if (users::is_username_taken(*lease, username))
        throw Refused(fmt::format("there is a user called \"{}\" already; nothing was changed", username));
    if (users::mixes_alphabets(username))
        throw Refused("the user name mixes Latin letters with Cyrillic or Greek ones in a word; nothing was changed");
    if (const auto other = users::find_look_alike(*lease, username))
        throw Refused(
            fmt::format("the user name looks like \"{}\", which somebody else has; nothing was changed", *other));
}

} // namespace

std::string add_superuser(const Site& site, const NewSuperuser& wanted)
{
    refuse_taken(site.database, wanted.username);
    refuse_weak_password(site,
        {.id = {}, .username = wanted.username, .email = wanted.email, .role = base::Role::Administrator},
        wanted.password);
    const users::NewUser user{.username = wanted.username,
        .email = wanted.email,
        .role = base::Role::Administrator,
        .password_hash = sign_in::hash_password(wanted.password)};
    site.database.write(
        [&](db::Transaction& tx) { return actions::add_user(tx, base::act_of_program(site.now), user); });
    return wanted.username;
}

std::string add_superuser(const Site& site, SuperuserOptions options, const Ask& ask)
{
    take_names(options, ask);
    refuse_taken(site.database, options.username);
    return add_superuser(site, {options.username, options.email, take_password(options, ask)});
}

int createsuperuser_command(const Config& config, const SuperuserOptions& options)
{
    if (!options.no_input && !can_ask())
        throw server::UsageError(
            fmt::format("nobody can be asked here; use --no-input --username NAME with {}", password_variable));
    if (is_served_here(config)) {
        SuperuserOptions wanted = options;
        take_names(wanted, ask_on_terminal);
        const std::string password = take_password(wanted, ask_on_terminal);
        return administer_site(config, {"createsuperuser", wanted.username, wanted.email, password});
    }
    const auto database = open_existing_database(config);
    const std::string username = add_superuser(site_of(*database, config), options, ask_on_terminal);
    fmt::print("The administrator \"{}\" can sign in.\n", username);
    return exit_ok;
}

} // namespace commands
