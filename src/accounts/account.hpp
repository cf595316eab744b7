#pragma once
// accounts/ is the billing relationship: number, service address, phone. A user may hold several, a household may share
// one.

#include "base/act.hpp"
#include "base/ids.hpp"
#include "base/time.hpp"
#include "db/connection.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace accounts {

struct Account
{
    AccountId id;
    /// Ten digits stored as "4410-2087-33"; imported numbers are kept as they are.
    std::string number;
    std::string address;
    std::string phone;
    /// The holder; zero for none.
    UserId user_id;
    std::string holder_name;
    bool is_active = true;
    base::Time created_at{};
    std::int64_t version = 1;
};

/// "4410208733" and "4410 2087 33" become "4410-2087-33"; other texts are trimmed only.
std::string normalize_number(std::string_view text);
/// 4–20 letters, digits and hyphens, at least four of them letters or digits.
bool is_valid_number(std::string_view number);

/// What people call an account who know it: "87-33" of "4410-2087-33".
std::string short_number(std::string_view number);

/// The accounts a user is linked to, in order of id, active ones only.
std::vector<Account> list_accounts_of(db::Connection& db, UserId user);
/// Throws NotFound.
Account get_account(db::Connection& db, AccountId id);
/// Its number alone. Throws NotFound.
std::string get_account_number(db::Connection& db, AccountId id);
std::optional<Account> find_account(db::Connection& db, std::string_view number);

/// What a form holds; version is what it was made from (unused when adding).
struct AccountForm
{
    std::string number;
    std::string address = {};
    std::string phone = {};
    bool is_active = true;
    std::int64_t version = 1;
};
/// Add the row. Throws db::ConstraintViolation when the number is taken.
AccountId add_account(db::Transaction& tx, const AccountForm& form, base::Time at);
/// The details that the form makes different.
base::FieldChanges changed_fields(const Account& account, const AccountForm& form);
/// Save over `before`, which was read in the same transaction. False when somebody changed it after the form was made:
/// nothing is written. Throws db::ConstraintViolation when the number is taken.
bool update_account(db::Transaction& tx, const Account& before, const AccountForm& form);
/// Link a user; the first one becomes the holder. False when the user was linked already: nothing is written.
bool add_link(db::Transaction& tx, AccountId account, UserId user);
/// Unlink a user; when it was the holder, the linked user with the lowest id becomes the holder, one who can sign in
/// before others. False when the user was not linked: nothing is written.
bool remove_link(db::Transaction& tx, AccountId account, UserId user);
struct LinkedUser
{
    UserId id;
    std::string username;
    std::string full_name;
    bool is_holder = false;
    /// When they claimed it; nothing when the staff linked them.
    std::optional<base::Time> claimed_at = {};
    /// Everybody linked sees their service requests of this account.
    bool shares = false;
};
/// Those linked, the holder first.
std::vector<LinkedUser> list_linked_users(db::Connection& db, AccountId account);

struct AccountFilter
{
    /// Words, each of which must occur in the number, the address, the phone, or the holder's names, email or phone.
    std::string search = {};
    /// Only ids after this one; zero for the first page.
    AccountId after = {};
};
inline constexpr std::size_t page_size = 50;
/// In order of id, at most page_size + 1.
std::vector<Account> list_accounts(db::Connection& db, const AccountFilter& filter);

} // namespace accounts
