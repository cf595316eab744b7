#include "commands/demo/town.hpp"

#include "accounts/account.hpp"
#include "actions/change_account.hpp"
#include "actions/change_user.hpp"
#include "actions/link_account.hpp"
#include "base/text.hpp"
#include "users/user.hpp"

#include <fmt/format.h>

namespace commands::demo {

namespace {

constexpr std::size_t people_a_transaction = 1000;

struct Newcomer
{
    users::NewUser user;
    /// Empty for staff.
    accounts::AccountForm account;
};

std::string phone_number(std::uint64_t number)
{
    // 555-0100 to 555-0199 are reserved for fiction.
    return fmt::format("(518) 555-01{:02}", number % 100);
}

std::vector<Newcomer> cast()
{
    const auto person = [](std::string_view first, std::string_view last, base::Role role, std::uint64_t number) {
        const std::string username = base::ascii_lower(first);
        return users::NewUser{.username = username,
            .first_name = std::string(first),
            .last_name = std::string(last),
            .email = username + std::string(email_domain),
            .phone = phone_number(number),
            .role = role};
    };
    const auto home = [](std::string_view number, std::string_view address, std::uint64_t phone) {
        return accounts::AccountForm{
            .number = std::string(number), .address = std::string(address), .phone = phone_number(phone)};
    };
    return {{person("Mei", "Chen", base::Role::Customer, 34),
                home("4410-2087-33", "12 Elm Street, Aldermere, NY 12999", 34)},
        {person("Omar", "Haddad", base::Role::Customer, 41),
            home("4410-2087-41", "14 Elm Street, Aldermere, NY 12999", 41)},
        {person("Ravi", "Patel", base::Role::Representative, 2), {}},
        {person("Sofia", "Marchetti", base::Role::Supervisor, 3), {}},
        {person("Ada", "Byrne", base::Role::Administrator, 4), {}}};
}

Newcomer customer(std::int64_t number, const Vocabulary& vocabulary)
{
    Random random(static_cast<std::uint64_t>(number));
    const std::string username = fmt::format("customer{:04}", number);
    const std::string phone = phone_number(random.next());
    const std::int64_t digits = 44'200'000'00 + number * 97;
    const std::string address =
        fmt::format("{} {}, Aldermere, NY 12999", random.between(1, 240), random.pick(vocabulary.section("streets")));
    return {{.username = username,
                .first_name = std::string(random.pick(vocabulary.section("first names"))),
                .last_name = std::string(random.pick(vocabulary.section("last names"))),
                .email = username + std::string(email_domain),
                .phone = phone},
        {.number = accounts::normalize_number(std::to_string(digits)), .address = address, .phone = phone}};
}

Person add(db::Transaction& tx, const Newcomer& newcomer, base::Time joined)
{
    const users::NewUser& user = newcomer.user;
    const base::Act by = base::act_of_program(joined);
    Person person{
        .visitor = {.role = user.role, .username = user.username, .full_name = user.first_name + " " + user.last_name},
        .phone = user.phone,
        .address = newcomer.account.address};
    person.visitor.user_id = actions::add_user(tx, by, user);
    if (newcomer.account.number.empty())
        return person;
    person.account = actions::add_account(tx, by, newcomer.account);
    actions::link_account(tx, by, person.account, person.visitor.user_id);
    return person;
}

} // namespace

Town settle(db::Database& database, std::int64_t customers, std::string_view password_hash, base::Time joined)
{
    const Vocabulary vocabulary(seed_text());
    std::vector<Newcomer> newcomers = cast();
    for (std::int64_t number = 1; number <= customers; ++number)
        newcomers.push_back(customer(number, vocabulary));
    Town town;
    while (town.people.size() < newcomers.size()) {
        const std::size_t end = std::min(town.people.size() + people_a_transaction, newcomers.size());
        database.write([&](db::Transaction& tx) {
            for (std::size_t i = town.people.size(); i < end; ++i) {
                newcomers[i].user.password_hash = password_hash;
                town.people.push_back(add(tx, newcomers[i], joined));
            }
        });
    }
    return town;
}

} // namespace commands::demo
