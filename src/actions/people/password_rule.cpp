#include "actions/people/password_rule.hpp"

#include "accounts/account.hpp"
#include "base/text.hpp"
#include "sign_in/factor/second_factor.hpp"

#include <algorithm>
#include <string>

namespace actions {

namespace {

/// "Elm Street" of "12 Elm Street, Springfield".
std::string street_of(std::string_view address)
{
    std::string_view street = address.substr(0, address.find(','));
    while (!street.empty() && street.front() >= '0' && street.front() <= '9')
        street.remove_prefix(std::min(street.find(' '), street.size() - 1) + 1);
    return std::string(base::trim(street));
}

/// "Hearthway" and "Hearthway Gas" of "Hearthway Gas": a short word alone would forbid too much.
std::vector<std::string> words_of_site(std::string_view name)
{
    constexpr std::size_t shortest = 5;
    std::vector<std::string> words{std::string(name), "gasutility"};
    for (std::string_view rest = name; !rest.empty();) {
        const std::size_t end = std::min(rest.find(' '), rest.size());
        if (end >= shortest)
            words.emplace_back(rest.substr(0, end));
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return words;
}

sign_in::SignInBy sign_in_of(db::Connection& db, UserId user)
{
    return user && sign_in::has_second_factor(db, user) ? sign_in::SignInBy::PasswordAndCode
                                                        : sign_in::SignInBy::Password;
}

} // namespace

sign_in::PasswordRule password_rule_of(db::Connection& db, const users::User& user, const PasswordPolicy& policy)
{
    sign_in::PasswordRule rule{.fewest = sign_in::fewest_characters(policy.lengths, user.role, sign_in_of(db, user.id)),
        .personal = {user.username, user.first_name, user.last_name, user.email.substr(0, user.email.find('@'))},
        .of_site = words_of_site(policy.site_name)};
    for (const accounts::Account& account : accounts::list_accounts_of(db, user.id))
        rule.personal.push_back(street_of(account.address));
    return rule;
}

} // namespace actions
