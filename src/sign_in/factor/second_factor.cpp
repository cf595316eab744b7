#include "sign_in/factor/second_factor.hpp"

namespace sign_in {

namespace {

void add_recovery_codes(db::Transaction& tx, UserId user, const std::vector<std::string>& hashes)
{
    tx.apply("DELETE FROM sign_in_recovery_code WHERE user_id = $1", user);
    for (const std::string& hash : hashes)
        tx.apply("INSERT INTO sign_in_recovery_code (user_id, hash) VALUES ($1, $2)", user, hash);
}

} // namespace

std::optional<SecondFactor> find_second_factor(db::Connection& db, UserId user)
{
    return db
        .query(R"(
        SELECT secret, created_at, last_step, wrong_codes, recovery_salt FROM sign_in_factor WHERE user_id = $1)",
            user)
        .first([](const db::Row& row) {
            return SecondFactor{.secret = row.string(0),
                .created_at = row.time(1),
                .last_step = row.integer(2),
                .wrong_codes = row.integer(3),
                .recovery_salt = row.string(4)};
        });
}

bool has_second_factor(db::Connection& db, UserId user)
{
    return db.query("SELECT COUNT(*) FROM sign_in_factor WHERE user_id = $1", user).integer() != 0;
}

void add_second_factor(db::Transaction& tx, UserId user, const NewSecondFactor& factor, base::Time now)
{
    tx.apply(R"(
        INSERT INTO sign_in_factor
               (user_id, secret, created_at, last_step, recovery_salt, recovery_at, recovery_session)
        VALUES ($1, $2, $3, $4, $5, $6, $7))",
        user, factor.secret, now, factor.step, factor.recovery.salt, now, factor.recovery.shown_to);
    add_recovery_codes(tx, user, factor.recovery.hashes);
}

bool remove_second_factor(db::Transaction& tx, UserId user)
{
    tx.apply("DELETE FROM sign_in_recovery_code WHERE user_id = $1", user);
    return tx.execute("DELETE FROM sign_in_factor WHERE user_id = $1", user) == 1;
}

bool mark_code_used(db::Transaction& tx, UserId user, std::string_view secret, std::int64_t step)
{
    return tx.execute(R"(
        UPDATE sign_in_factor SET last_step = $3, wrong_codes = 0
         WHERE user_id = $1 AND secret = $2 AND last_step < $3)",
               user, secret, step) == 1;
}

void count_wrong_code(db::Transaction& tx, UserId user)
{
    tx.apply("UPDATE sign_in_factor SET wrong_codes = wrong_codes + 1 WHERE user_id = $1", user);
}

bool set_recovery_codes(db::Transaction& tx, UserId user, const RecoveryCodes& codes, base::Time now)
{
    if (tx.execute(R"(
        UPDATE sign_in_factor SET recovery_salt = $2, recovery_at = $3, recovery_session = $4 WHERE user_id = $1)",
            user, codes.salt, now, codes.shown_to) != 1)
        return false;
    add_recovery_codes(tx, user, codes.hashes);
    return true;
}

bool has_recovery_code(db::Connection& db, UserId user, std::string_view hash)
{
    return db.query("SELECT COUNT(*) FROM sign_in_recovery_code WHERE user_id = $1 AND hash = $2", user, hash)
               .integer() != 0;
}

bool mark_recovery_code_used(db::Transaction& tx, UserId user, std::string_view hash)
{
    // The factor's row first, as everywhere: two transactions then never wait for each other.
    tx.apply("UPDATE sign_in_factor SET wrong_codes = 0 WHERE user_id = $1", user);
    return tx.execute("DELETE FROM sign_in_recovery_code WHERE user_id = $1 AND hash = $2", user, hash) == 1;
}

std::int64_t count_recovery_codes(db::Connection& db, UserId user)
{
    return db.query("SELECT COUNT(*) FROM sign_in_recovery_code WHERE user_id = $1", user).integer();
}

std::optional<std::string> find_shown_codes(
    db::Connection& db, UserId user, std::string_view session_hash, base::Time now)
{
    return db
        .query(R"(
        SELECT recovery_salt FROM sign_in_factor
         WHERE user_id = $1 AND recovery_session = $2 AND recovery_session <> '' AND recovery_at > $3)",
            user, session_hash, base::Time(now - shown_codes_for))
        .first([](const db::Row& row) { return row.string(0); });
}

void remove_shown_codes(db::Transaction& tx, UserId user)
{
    tx.apply("UPDATE sign_in_factor SET recovery_session = '' WHERE user_id = $1", user);
}

} // namespace sign_in
