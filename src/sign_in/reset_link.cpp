#include "sign_in/reset_link.hpp"

#include "base/crypto.hpp"

namespace sign_in {

namespace {

std::string hash_of(std::string_view token)
{
    return base::hex(base::sha256(token));
}

} // namespace

void add_reset_wish(db::Transaction& tx, const ResetWish& wish, base::Time at)
{
    tx.apply("INSERT INTO sign_in_reset_wish (asked_for, language, asked_at) VALUES ($1, $2, $3)", wish.asked_for,
        wish.language, at);
}

std::vector<ResetWish> list_reset_wishes(db::Connection& db, std::size_t limit)
{
    return map_rows(db.query("SELECT id, asked_for, language FROM sign_in_reset_wish ORDER BY id LIMIT $1", limit),
        [](const db::Row& row) {
            return ResetWish{.id = row.integer(0), .asked_for = row.string(1), .language = row.string(2)};
        });
}

bool remove_reset_wish(db::Transaction& tx, std::int64_t id)
{
    return tx.execute("DELETE FROM sign_in_reset_wish WHERE id = $1", id) == 1;
}

std::string add_reset_link(db::Transaction& tx, UserId user, std::string_view email, base::Time at)
{
    const std::int64_t working =
        tx.query("SELECT COUNT(*) FROM sign_in_reset_link WHERE user_id = $1 AND ends_at > $2", user, at).integer();
    if (working >= most_reset_links)
        return {};
    const std::string token = base::random_token();
    const std::string hash = hash_of(token);
    tx.apply("INSERT INTO sign_in_reset_link (token_hash, user_id, email, ends_at) VALUES ($1, $2, $3, $4)", hash, user,
        email, base::Time(at + reset_link_works_for));
    return token;
}

std::optional<ResetLink> find_reset_link(db::Connection& db, std::string_view token, base::Time now)
{
    return db
        .query(
            "SELECT user_id, email FROM sign_in_reset_link WHERE token_hash = $1 AND ends_at > $2", hash_of(token), now)
        .first([](const db::Row& row) { return ResetLink{.user = row.id<UserId>(0), .email = row.string(1)}; });
}

bool remove_reset_link(db::Transaction& tx, std::string_view token, base::Time now)
{
    return tx.execute("DELETE FROM sign_in_reset_link WHERE token_hash = $1 AND ends_at > $2", hash_of(token), now) ==
           1;
}

void remove_reset_links(db::Transaction& tx, UserId user)
{
    tx.apply("DELETE FROM sign_in_reset_link WHERE user_id = $1", user);
}

std::int64_t remove_old_reset_links(db::Transaction& tx, base::Time now)
{
    return tx.execute("DELETE FROM sign_in_reset_link WHERE ends_at <= $1", now);
}

} // namespace sign_in
