#include "accounts/account.hpp"

#include "accounts/links.hpp"

#include "base/error.hpp"
#include "base/phone/phone.hpp"
#include "base/text.hpp"
#include "base/visitor.hpp"
#include "db/like.hpp"

#include <algorithm>

namespace accounts {

namespace {

bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

Account account_from_row(const db::Row& row)
{
    return {.id = row.id<AccountId>(0),
        .number = row.string(1),
        .address = row.string(2),
        .phone = base::normal_phone(row.text(3)),
        .user_id = row.id<UserId>(4),
        .holder_name = row.is_null(4) ? "" : base::full_name(row.text(8), row.text(9), row.text(10)),
        .is_active = row.boolean(5),
        .created_at = row.time(6),
        .version = row.integer(7)};
}

/// The column holds a number between these patterns of one sign before and behind it.
void add_between(db::SqlBuilder& sql, db::Engine engine, db::Sql column, const std::string& pattern)
{
    const bool is_postgres = engine == db::Engine::Postgres;
    sql.add("' ' || ").add(column).add(is_postgres ? db::Sql(" || ' ' ~ ") : db::Sql(" || ' ' GLOB "));
    sql.bind(is_postgres ? pattern : '*' + pattern + '*');
}

/// It is a whole number of the address: neither a part of the postal code nor the four digits behind that. Four digits
/// may also be a part of the account's number, or the last ones of that or of a phone number.
void add_house_number(db::SqlBuilder& sql, db::Engine engine, const std::string& number)
{
    sql.add(" AND (");
    add_between(sql, engine, "a.address", "[^0-9-]" + number + "[^0-9]");
    if (number.size() == db::longest_house_number) {
        for (const db::Sql column : {db::Sql("a.search_text"), db::Sql("u.search_text")}) {
            for (const char* const before : {"[^0-9]", "[0-9][0-9][0-9][0-9][0-9]"}) {
                sql.add(" OR ");
                add_between(sql, engine, column, before + number + "[^0-9]");
            }
        }
    }
    sql.add(")");
}

} // namespace

std::string normalize_number(std::string_view text)
{
    text = base::trim(text);
    std::string digits(text);
    std::erase_if(digits, [](char c) { return c == ' ' || c == '-'; });
    if (digits.size() != 10 || !std::all_of(digits.begin(), digits.end(), is_digit))
        return std::string(text);
    return digits.insert(8, "-").insert(4, "-");
}

bool is_valid_number(std::string_view number)
{
    const auto is_sign = [](char c) { return is_digit(c) || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); };
    return number.size() <= 20 && std::count_if(number.begin(), number.end(), is_sign) >= 4 &&
           std::all_of(number.begin(), number.end(), [&](char c) { return is_sign(c) || c == '-'; });
}

std::string short_number(std::string_view number)
{
    constexpr std::size_t last = 5;
    return std::string(number.substr(number.size() - std::min(number.size(), last)));
}

std::vector<Account> list_accounts_of(db::Connection& db, UserId user)
{
    return map_rows(db.query(R"(
        SELECT a.id, a.account_number, a.address, a.phone_number, a.user_id, a.is_active, a.created_at, a.version,
               u.first_name, u.last_name, u.username
          FROM service_account_user l JOIN service_account a ON a.id = l.account_id
          LEFT JOIN auth_user u ON u.id = a.user_id
         WHERE l.user_id = $1 AND a.is_active = 1
         ORDER BY l.account_id)",
                        user),
        account_from_row);
}

std::vector<AccountId> list_links_of(db::Connection& db, UserId user)
{
    return db::map_rows(
        db.query("SELECT account_id FROM service_account_user WHERE user_id = $1 ORDER BY account_id", user),
        [](const db::Row& row) { return row.id<AccountId>(0); });
}

void remove_claims_of(db::Transaction& tx, UserId user)
{
    tx.apply("DELETE FROM service_account_claim WHERE user_id = $1", user);
    tx.apply("DELETE FROM service_account_ask WHERE user_id = $1", user);
}

Account get_account(db::Connection& db, AccountId id)
{
    auto account = db.query(R"(
        SELECT a.id, a.account_number, a.address, a.phone_number, a.user_id, a.is_active, a.created_at, a.version,
               u.first_name, u.last_name, u.username
          FROM service_account a LEFT JOIN auth_user u ON u.id = a.user_id
         WHERE a.id = $1)",
                         id)
                       .first(account_from_row);
    if (!account)
        throw base::NotFound("no such account");
    return std::move(*account);
}

std::string get_account_number(db::Connection& db, AccountId id)
{
    auto number =
        db.query("SELECT account_number FROM service_account WHERE id = $1", id).first([](const db::Row& row) {
            return row.string(0);
        });
    if (!number)
        throw base::NotFound("no such account");
    return std::move(*number);
}

std::optional<Account> find_account(db::Connection& db, std::string_view number)
{
    return db
        .query(R"(
        SELECT a.id, a.account_number, a.address, a.phone_number, a.user_id, a.is_active, a.created_at, a.version,
               u.first_name, u.last_name, u.username
          FROM service_account a LEFT JOIN auth_user u ON u.id = a.user_id
         WHERE a.account_number = $1)",
            number)
        .first(account_from_row);
}

std::vector<LinkedUser> list_linked_users(db::Connection& db, AccountId account)
{
    return map_rows(db.query(R"(
        SELECT u.id, u.username, u.first_name, u.last_name, CASE WHEN a.user_id = u.id THEN 1 ELSE 0 END AS is_holder,
               l.claimed_at, l.shares
          FROM service_account_user l JOIN service_account a ON a.id = l.account_id JOIN auth_user u ON u.id = l.user_id
         WHERE l.account_id = $1
         ORDER BY is_holder DESC, u.id)",
                        account),
        [](const db::Row& row) {
            LinkedUser linked{.id = row.id<UserId>(0),
                .username = row.string(1),
                .full_name = base::full_name(row.text(2), row.text(3), row.text(1)),
                .is_holder = row.boolean(4)};
            if (row.integer(5) != 0)
                linked.claimed_at = row.time(5);
            linked.shares = row.boolean(6);
            return linked;
        });
}

std::vector<Account> list_accounts(db::Connection& db, const AccountFilter& filter)
{
    db::SqlBuilder sql(R"(
        SELECT a.id, a.account_number, a.address, a.phone_number, a.user_id, a.is_active, a.created_at, a.version,
               u.first_name, u.last_name, u.username
          FROM service_account a LEFT JOIN auth_user u ON u.id = a.user_id
         WHERE a.id > )");
    sql.bind(filter.after.value);
    for (const db::LikeWord& word : db::like_words(filter.search)) {
        if (word.house_number.empty())
            db::add_like_word(sql, word, {"a.search_text", "u.search_text"});
        else
            add_house_number(sql, db.engine(), word.house_number);
    }
    sql.add(" ORDER BY a.id LIMIT ").bind(page_size + 1);
    return map_rows(db.query(sql), account_from_row);
}

} // namespace accounts
