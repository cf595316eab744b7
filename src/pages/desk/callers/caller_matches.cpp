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

CallerMatch with_sign_in(db::Connection& db, CallerMatch match, UserId holder)
{
    match.can_sign_in = !holder || users::get_user(db, holder).is_active;
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
            matches.found.push_back(with_sign_in(db, match_of(account), account.user_id));
    }
}

// Who has an account was found by it.
void add_users(
    CallerMatches& matches, const std::vector<users::User>& users, const std::vector<accounts::Account>& known)
{
    for (const users::User& user : users) {
        if (std::ranges::find(known, user.id, &accounts::Account::user_id) == known.end())
            matches.found.push_back(match_of(user));
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
        add_users(matches, users::list_users(db, {.search = sought, .role = base::Role::Customer, .is_active = true}),
            accounts);
    matches.has_more = matches.found.size() > most_callers;
    matches.found.resize(std::min(matches.found.size(), most_callers));
    return matches;
}

std::optional<CallerMatch> find_caller_match(db::Connection& db, std::string_view key)
{
    if (const auto account = accounts::find_account(db, accounts::normalize_number(key)))
        return with_sign_in(db, match_of(*account), account->user_id);
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
