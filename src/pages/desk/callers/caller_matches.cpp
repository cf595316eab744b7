#include "pages/desk/callers/caller_matches.hpp"

#include "accounts/account.hpp"
#include "base/phone/phone.hpp"
#include "base/text.hpp"
#include "desk/caller_matches.html.hpp"
#include "users/user.hpp"

#include <algorithm>

namespace pages::desk {

namespace {

constexpr std::size_t fewest_characters = 3;
constexpr std::size_t longest_words = 200;

CallerMatch match_of(const accounts::Account& account)
{
    return {.key = account.number,
        .name = account.holder_name,
        .number = account.number,
        .address = account.address,
        .phone = base::normal_phone(account.phone)};
}

/// With what the holder's own page says: a phone number of their own is newer than the account's.
CallerMatch with_holder(db::Connection& db, CallerMatch match, UserId holder)
{
    if (!holder)
        return match;
    const users::User user = users::get_user(db, holder);
    match.can_sign_in = user.is_active;
    if (!user.phone.empty())
        match.phone = base::normal_phone(user.phone);
    return match;
}

CallerMatch match_of(const users::User& user)
{
    return {.key = user.username,
        .name = user.full_name(),
        .number = {},
        .address = {},
        .phone = base::normal_phone(user.phone),
        .can_sign_in = user.is_active};
}

void add_accounts(db::Connection& db, CallerMatches& matches, const std::vector<accounts::Account>& accounts)
{
    for (const accounts::Account& account : accounts) {
        if (account.is_active && matches.found.size() <= most_callers)
            matches.found.push_back(with_holder(db, match_of(account), account.user_id));
    }
}

using Accounts = std::vector<accounts::Account>;

/// Of somebody who has no active account among these.
const accounts::Account* find_deactivated(const Accounts& known, UserId user)
{
    const auto found = std::ranges::find(known, user, &accounts::Account::user_id);
    return found == known.end() ? nullptr : &*found;
}

/// Those who were found, and who holds a deactivated account that was.
std::vector<users::User> with_holders(db::Connection& db, std::vector<users::User> users, const Accounts& known)
{
    for (const accounts::Account& account : known) {
        if (account.is_active || !account.user_id ||
            std::ranges::find(users, account.user_id, &users::User::id) != users.end())
            continue;
        if (users::User holder = users::get_user(db, account.user_id); holder.role == base::Role::Customer)
            users.push_back(std::move(holder));
    }
    return users;
}

bool has_active(const Accounts& known, UserId user)
{
    return std::ranges::any_of(
        known, [&](const accounts::Account& account) { return account.is_active && account.user_id == user; });
}

// Who has an active account was found by it.
void add_users(CallerMatches& matches, const std::vector<users::User>& users, const Accounts& known)
{
    for (const users::User& user : users) {
        if (has_active(known, user.id))
            continue;
        if (!user.is_active) {
            matches.not_to_choose.push_back(base::Text(
                "{name} ({username}) can’t be chosen: the sign-in is turned off, and no active account fits.",
                {{"name", user.full_name()}, {"username", user.username}}));
            continue;
        }
        CallerMatch match = match_of(user);
        if (const accounts::Account* account = find_deactivated(known, user.id))
            match.deactivated_number = account->number;
        matches.found.push_back(std::move(match));
    }
}

// The sentence about a holder says it of the account, too.
void add_deactivated(CallerMatches& matches, const Accounts& known)
{
    for (const accounts::Account& account : known) {
        if (!account.is_active && !account.user_id)
            matches.not_to_choose.push_back(
                base::Text("Account {number} ({address}) can’t be chosen: it is deactivated.",
                    {{"number", account.number}, {"address", account.address}}));
    }
}

} // namespace

CallerMatches find_callers(db::Connection& db, std::string_view words)
{
    CallerMatches matches;
    const std::string sought(base::first_code_points(base::trim(words), longest_words));
    if (base::count_code_points(sought) < fewest_characters)
        return matches;
    matches.is_asked = true;
    const auto accounts = accounts::list_accounts(db, {.search = sought});
    add_accounts(db, matches, accounts);
    if (matches.found.size() <= most_callers)
        add_users(matches,
            with_holders(db, users::list_users(db, {.search = sought, .role = base::Role::Customer}), accounts),
            accounts);
    add_deactivated(matches, accounts);
    matches.not_to_choose.resize(std::min(matches.not_to_choose.size(), most_callers));
    matches.has_more = matches.found.size() > most_callers;
    matches.found.resize(std::min(matches.found.size(), most_callers));
    return matches;
}

std::optional<CallerMatch> find_caller_match(db::Connection& db, std::string_view key)
{
    if (const auto account = accounts::find_account(db, accounts::normalize_number(key)))
        return with_holder(db, match_of(*account), account->user_id);
    if (const auto user = users::find_user(db, key); user && user->role == base::Role::Customer)
        return match_of(*user);
    return std::nullopt;
}

http::Response offer_callers(web::Context& ctx)
{
    const CallerMatches matches = find_callers(ctx.db(), ctx.request().query_value("q").value_or(""));
    return ctx.render_fragment([&](web::Html& out) { views::desk::caller_matches(out, matches); });
}

} // namespace pages::desk
