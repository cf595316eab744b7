#include "accounts/claims.hpp"

#include "base/text.hpp"

#include <algorithm>

namespace accounts {

namespace {

constexpr std::size_t zip_digits = 5;

bool is_word_character(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           static_cast<unsigned char>(c) >= 0x80;
}

/// "12545" of "12 Elm Street, Millbrook, NY 12545-0417": the last word of five digits. Empty when there is none.
std::string postal_code_of(std::string_view address)
{
    std::string found;
    bool is_first = true;
    for (std::string_view rest = address; !rest.empty();) {
        const auto end = static_cast<std::size_t>(std::ranges::find_if_not(rest, is_word_character) - rest.begin());
        const std::string_view word = rest.substr(0, end);
        const bool is_number = std::ranges::all_of(word, [](char c) { return c >= '0' && c <= '9'; });
        // The first one is the house's.
        if (word.size() == zip_digits && is_number && !is_first)
            found = word;
        is_first = is_first && word.empty();
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return found;
}

} // namespace

std::optional<Account> find_claimable(db::Transaction& tx, std::string_view number, std::string_view postal_code)
{
    // Of two who claim it at once, the second one finds the first's link. On SQLite nobody else writes now.
    if (tx.engine() == db::Engine::Postgres)
        tx.query("SELECT id FROM service_account WHERE account_number = $1 FOR UPDATE", number)
            .first([](const db::Row& row) { return row.integer(0); });
    auto account = find_account(tx, number);
    if (!account || !account->is_active || account->address.empty() || postal_code.empty() ||
        postal_code_of(account->address) != postal_code.substr(0, zip_digits))
        return std::nullopt;
    return account;
}

std::int64_t count_links(db::Connection& db, AccountId account)
{
    return db.query("SELECT COUNT(*) FROM service_account_user WHERE account_id = $1", account).integer();
}

bool is_linked(db::Connection& db, AccountId account, UserId user)
{
    return db.query("SELECT COUNT(*) FROM service_account_user WHERE account_id = $1 AND user_id = $2", account, user)
               .integer() != 0;
}

void note_claim(db::Transaction& tx, AccountId account, UserId user, base::Time at)
{
    tx.apply(
        "UPDATE service_account_user SET claimed_at = $3 WHERE account_id = $1 AND user_id = $2", account, user, at);
}

void add_claim(db::Transaction& tx, const Claim& claim, base::Time at)
{
    tx.apply(R"(
        INSERT INTO service_account_claim (user_id, account_number, postal_code, shares, claimed_at)
        VALUES ($1, $2, $3, $4, $5))",
        claim.user, claim.number, claim.postal_code, claim.sharing == Sharing::OwnRequests, at);
}

std::vector<Claim> list_claims(db::Connection& db, std::size_t limit)
{
    return map_rows(db.query("SELECT id, user_id, account_number, postal_code, shares FROM service_account_claim"
                             " ORDER BY id LIMIT $1",
                        limit),
        [](const db::Row& row) {
            return Claim{.id = row.integer(0),
                .user = row.id<UserId>(1),
                .number = row.string(2),
                .postal_code = row.string(3),
                .sharing = sharing_of(row.boolean(4))};
        });
}

bool remove_claim(db::Transaction& tx, std::int64_t id)
{
    return tx.execute("DELETE FROM service_account_claim WHERE id = $1", id) == 1;
}

} // namespace accounts
