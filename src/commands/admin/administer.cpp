#include "commands/admin/administer.hpp"

#include "actions/change_password.hpp"
#include "actions/change_user.hpp"
#include "actions/factors/change_factor.hpp"
#include "actions/people/password_rule.hpp"
#include "actions/sign_in.hpp"
#include "base/text.hpp"
#include "commands/admin/new_password.hpp"
#include "commands/commands.hpp"
#include "commands/terminal.hpp"
#include "sign_in/password.hpp"
#include "sign_in/session_list.hpp"
#include "sign_in/throttle.hpp"
#include "users/user.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <filesystem>
#include <utility>

namespace commands {

namespace {

using server::AdminAnswer;
using server::AdminWords;

constexpr std::size_t shown_hash = 12;
constexpr std::size_t shortest_hash = 8;

/// What others typed or sent, without what a terminal would obey.
std::string shown(std::string_view text)
{
    return base::clean_line(text);
}

users::User get_user_called(db::Connection& db, const std::string& name)
{
    auto user = users::find_user(db, name);
    if (!user)
        throw Refused(fmt::format("there is no user called \"{}\"", name));
    return *std::move(user);
}

std::string list_users(const Site& site, const AdminWords& words)
{
    const auto lease = site.database.read();
    users::UserFilter filter{.search = words.size() > 2 ? words[2] : ""};
    // Nobody is sought by the word for their role.
    filter.role = base::parse_role(filter.search);
    if (filter.role)
        filter.search.clear();
    std::string text;
    for (bool has_more = true; has_more;) {
        auto page = users::list_users(*lease, filter);
        has_more = page.size() > users::page_size;
        page.resize(std::min(page.size(), users::page_size));
        for (const users::User& user : page) {
            const std::string_view state = user.is_active ? "active" : "inactive";
            text += fmt::format("{}\t{}\t{}\t{}\t{}\n", shown(user.username), base::role_name(user.role), state,
                shown(user.full_name()), user.last_login ? base::iso_utc(*user.last_login) : "never signed in");
            filter.after = user.id;
        }
    }
    return text.empty() ? "There is no such user.\n" : text;
}

std::string unlock(const Site& site, const AdminWords& words)
{
    const bool had_to_wait = site.database.write([&](db::Transaction& tx) {
        const users::User user = get_user_called(tx, words[2]);
        const bool waits = sign_in::find_wait(tx, user.username, site.now).has_value();
        actions::end_wait(tx, base::act_of_program(site.now), user.id);
        return waits;
    });
    return fmt::format(
        "{} {}.\n", words[2], had_to_wait ? "can sign in again" : "did not have to wait after wrong passwords");
}

std::string set_password(const Site& site, const AdminWords& words)
{
    const users::User user = get_user_called(*site.database.read(), words[2]);
    refuse_weak_password(site, user, words[3]);
    const std::string hash = sign_in::hash_password(words[3]);
    site.database.write(
        [&](db::Transaction& tx) { actions::set_password(tx, base::act_of_program(site.now), user.id, hash); });
    return fmt::format("{} has the new password and was signed out everywhere.\n", user.username);
}

std::string set_role(const Site& site, const AdminWords& words)
{
    const auto role = base::parse_role(words[3]);
    if (!role)
        throw Refused(fmt::format("\"{}\" is none of customer, representative, supervisor, administrator", words[3]));
    const auto outcome = site.database.write([&](db::Transaction& tx) {
        const users::User user = get_user_called(tx, words[2]);
        const users::UserChange change{.first_name = user.first_name,
            .last_name = user.last_name,
            .email = user.email,
            .phone = user.phone,
            .role = *role,
            .is_active = user.is_active,
            .version = user.version};
        return actions::change_user(tx, base::act_of_program(site.now), user.id, change);
    });
    if (outcome == users::UserUpdate::LastAdministrator)
        throw Refused(fmt::format("{} is the last administrator", words[2]));
    if (outcome == users::UserUpdate::Stale)
        throw Refused("somebody else changed the user at the same moment; try again");
    return fmt::format("{} is {} now.\n", words[2], base::role_name(*role));
}

std::string sign_out(const Site& site, const AdminWords& words)
{
    site.database.write([&](db::Transaction& tx) {
        actions::end_sessions(tx, base::act_of_program(site.now), get_user_called(tx, words[2]).id);
    });
    return fmt::format("{} was signed out everywhere.\n", words[2]);
}

std::string reset_factor(const Site& site, const AdminWords& words)
{
    const bool had_one = site.database.write([&](db::Transaction& tx) {
        return actions::reset_factor(tx, base::act_of_program(site.now), get_user_called(tx, words[2]).id);
    });
    return fmt::format("{} {}.\n", words[2],
        had_one ? "signs in with the password alone now, and was signed out everywhere" : "has no second factor");
}

std::string list_sessions(const Site& site, const AdminWords& words)
{
    const auto lease = site.database.read();
    sign_in::SessionQuery query{.now = site.now, .rules = site.sessions};
    if (words.size() > 2)
        query.user = get_user_called(*lease, words[2]).id;
    std::string text;
    for (const auto& session : sign_in::list_sessions(*lease, query))
        text += fmt::format("{}\t{}\tsince {}\tused {}\t{}{}\n", session.token_hash.substr(0, shown_hash),
            shown(session.username), base::iso_utc(session.created_at), base::iso_utc(session.last_seen_at),
            session.is_public ? "public computer, " : "", shown(session.user_agent));
    return text.empty() ? "Nobody is signed in.\n" : text;
}

std::string end_session(const Site& site, const AdminWords& words)
{
    if (words[2].size() < shortest_hash)
        throw Refused("name at least the first 8 characters of what \"session list\" shows");
    site.database.write([&](db::Transaction& tx) {
        const auto found = sign_in::find_session_hashes(tx, words[2]);
        if (found.size() != 1)
            throw Refused(found.empty() ? "there is no such session" : "several sessions begin like this");
        actions::end_session(tx, found.front());
    });
    return "The session has ended.\n";
}

std::string create_superuser(const Site& site, const AdminWords& words)
{
    return fmt::format(
        "The administrator \"{}\" can sign in.\n", add_superuser(site, NewSuperuser{words[1], words[2], words[3]}));
}

struct Verb
{
    std::string_view command;
    std::string_view verb;
    std::size_t least;
    std::size_t most;
    std::string (*run)(const Site& site, const AdminWords& words);
};
constexpr std::array verbs{Verb{"user", "list", 2, 3, list_users}, Verb{"user", "unlock", 3, 3, unlock},
    Verb{"user", "set-password", 4, 4, set_password}, Verb{"user", "set-role", 4, 4, set_role},
    Verb{"user", "sign-out", 3, 3, sign_out}, Verb{"user", "reset-factor", 3, 3, reset_factor},
    Verb{"session", "list", 2, 3, list_sessions}, Verb{"session", "end", 3, 3, end_session},
    Verb{"createsuperuser", "", 4, 4, create_superuser}};

const Verb* find_verb(const AdminWords& words)
{
    const auto* found = std::ranges::find_if(verbs, [&](const Verb& verb) {
        return words.size() >= verb.least && words.size() <= verb.most && words[0] == verb.command &&
               (verb.verb.empty() || words[1] == verb.verb);
    });
    return found == verbs.end() ? nullptr : found;
}

} // namespace

Site site_of(db::Database& database, const server::Config& config)
{
    return {.database = database,
        .sessions = config.sessions,
        .now = base::SystemClock().now(),
        .passwords = config.passwords,
        .site_name = config.names.name};
}

void refuse_weak_password(const Site& site, const users::User& user, std::string_view password)
{
    const auto rule = actions::password_rule_of(
        *site.database.read(), user, {.lengths = site.passwords, .site_name = site.site_name});
    if (const auto reason = sign_in::refuse_password(password, rule))
        throw Refused(reason->english());
}

AdminAnswer administer(const Site& site, const AdminWords& words)
{
    try {
        const Verb* const verb = find_verb(words);
        if (verb == nullptr)
            return {
                .exit_code = exit_usage, .error = "the server does not know this command; is it of another version?"};
        return {.output = verb->run(site, words)};
    } catch (const std::exception& error) {
        return {.exit_code = exit_failed, .error = error.what()};
    }
}

bool is_served_here(const server::Config& config)
{
    const auto socket = server::admin_socket_of(config);
    std::error_code is_missing;
    return socket && std::filesystem::is_socket(*socket, is_missing);
}

std::optional<AdminAnswer> ask_server(const server::Config& config, const AdminWords& words)
{
    return is_served_here(config) ? server::ask_running_server(*server::admin_socket_of(config), words) : std::nullopt;
}

int show(const AdminAnswer& answer)
{
    fmt::print("{}", answer.output);
    std::fflush(stdout);
    if (!answer.error.empty())
        fmt::print(stderr, "gas-utility: {}\n", answer.error);
    return answer.exit_code;
}

int administer_site(const server::Config& config, const AdminWords& words)
{
    if (const auto answer = ask_server(config, words))
        return show(*answer);
    const auto database = open_existing_database(config);
    return show(administer(site_of(*database, config), words));
}

int admin_command(const Config& config, const AdminOptions& options)
{
    AdminWords words = options.words;
    words.insert(words.end(), options.arguments.begin(), options.arguments.end());
    if (words[1] == "set-password") {
        if (!options.no_input && !can_ask())
            throw server::UsageError(
                fmt::format("nobody can be asked here; use --no-input with {}", password_variable));
        words.push_back(take_new_password(options.no_input ? Asking::Never : Asking::Allowed, ask_on_terminal));
    }
    return administer_site(config, words);
}

} // namespace commands
