#pragma once

#include "base/visitor.hpp"
#include "commands/demo/vocabulary.hpp"
#include "db/database.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace commands::demo {

/// The part of an email that marks made-up people; ".example" belongs to nobody.
inline constexpr std::string_view email_domain = "@aldermere.example";

/// Where the cast stands in Town::people; customer0001 and so on follow.
enum Place : std::size_t
{
    Mei,
    Omar,
    Ravi,
    Sofia,
    Ada,
    FirstCustomer
};

struct Person
{
    base::Visitor visitor;
    std::string phone;
    /// Customers only.
    AccountId account;
    std::string address;
};

struct Town
{
    std::vector<Person> people;
};

/// Adds the cast and `customers` more, each customer with one account; everybody has the same password hash.
/// Throws db::ConstraintViolation when one of the names is taken.
Town settle(db::Database& database, std::int64_t customers, std::string_view password_hash, base::Time joined);

} // namespace commands::demo
