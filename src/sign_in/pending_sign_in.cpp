#include "sign_in/pending_sign_in.hpp"

#include "base/crypto.hpp"

namespace sign_in {

namespace {

std::string hash_of(std::string_view token)
{
    return base::hex(base::sha256(token));
}

} // namespace

std::string add_pending_sign_in(db::Transaction& tx, const PendingSignIn& pending, base::Time now)
{
    std::string token = base::random_token(32);
    tx.apply(R"(
        INSERT INTO sign_in_pending (token_hash, user_id, password, fresh_hash, is_public, created_at)
        VALUES ($1, $2, $3, $4, $5, $6))",
        hash_of(token), pending.user, pending.password_hash, pending.fresh_hash, pending.is_public, now);
    return token;
}

std::optional<PendingSignIn> find_pending_sign_in(db::Connection& db, std::string_view token, base::Time now)
{
    if (token.empty())
        return std::nullopt;
    return db
        .query(R"(
        SELECT user_id, password, fresh_hash, is_public FROM sign_in_pending
         WHERE token_hash = $1 AND created_at > $2)",
            hash_of(token), base::Time(now - pending_for))
        .first([](const db::Row& row) {
            return PendingSignIn{.user = row.id<UserId>(0),
                .password_hash = row.string(1),
                .fresh_hash = row.string(2),
                .is_public = row.boolean(3)};
        });
}

bool remove_pending_sign_in(db::Transaction& tx, std::string_view token)
{
    return tx.execute("DELETE FROM sign_in_pending WHERE token_hash = $1", hash_of(token)) == 1;
}

void remove_pending_sign_ins(db::Transaction& tx, UserId user)
{
    tx.apply("DELETE FROM sign_in_pending WHERE user_id = $1", user);
}

std::int64_t remove_old_pending_sign_ins(db::Transaction& tx, base::Time now)
{
    return tx.execute("DELETE FROM sign_in_pending WHERE created_at <= $1", base::Time(now - pending_for));
}

} // namespace sign_in
