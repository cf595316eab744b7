#include "accounts/account.hpp"
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

std::optional<Account> find_unclaimed(db::Transaction& tx, std::string_view number, std::string_view postal_code)
{
    // Changes nothing, but locks the row on PostgreSQL: of two who claim it at once, the second one finds the first's
    // link.
    tx.apply("UPDATE service_account SET version = version WHERE account_number = $1", number);
    auto account = find_account(tx, number);
    const AccountId id = account ? account->id : AccountId();
    const std::int64_t links =
        tx.query("SELECT COUNT(*) FROM service_account_user WHERE account_id = $1", id).integer();
    if (!account || links != 0 || !account->is_active || account->address.empty() || postal_code.empty() ||
        postal_code_of(account->address) != postal_code.substr(0, zip_digits))
        return std::nullopt;
    return account;
}

void note_claim(db::Transaction& tx, AccountId account, UserId user, base::Time at)
{
    tx.apply(
        "UPDATE service_account_user SET claimed_at = $3 WHERE account_id = $1 AND user_id = $2", account, user, at);
}

} // namespace accounts
