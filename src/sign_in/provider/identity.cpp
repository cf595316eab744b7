#include "sign_in/provider/identity.hpp"

namespace sign_in {

std::optional<UserId> find_user_of_identity(db::Connection& db, const ProviderIdentity& identity)
{
    return db
        .query("SELECT user_id FROM sign_in_identity WHERE issuer = $1 AND subject = $2", identity.issuer,
            identity.subject)
        .first([](const db::Row& row) { return row.id<UserId>(0); });
}

bool has_identity(db::Connection& db, UserId user)
{
    return db.query("SELECT count(*) FROM sign_in_identity WHERE user_id = $1", user).integer() > 0;
}

void add_identity(db::Transaction& tx, UserId user, const ProviderIdentity& identity, base::Time now)
{
    tx.apply("INSERT INTO sign_in_identity (issuer, subject, user_id, created_at) VALUES ($1, $2, $3, $4)",
        identity.issuer, identity.subject, user, now);
}

void remove_identities(db::Transaction& tx, UserId user)
{
    tx.apply("DELETE FROM sign_in_identity WHERE user_id = $1", user);
}

} // namespace sign_in
