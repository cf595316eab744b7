#include "sign_in/provider/started_sign_in.hpp"

#include "base/crypto.hpp"

namespace sign_in {

namespace {

std::string hash_of(std::string_view secret)
{
    return base::hex(base::sha256(secret));
}

} // namespace

void add_started_sign_in(db::Transaction& tx, const WayBack& way, const StartedSignIn& started)
{
    tx.apply(R"(
        INSERT INTO sign_in_started (state_hash, browser_hash, next_path, typist, is_again, created_at)
        VALUES ($1, $2, $3, $4, $5, $6))",
        hash_of(way.state), hash_of(way.browser), started.next, started.typist.value, started.is_again, started.at);
}

std::optional<StartedSignIn> remove_started_sign_in(db::Transaction& tx, const WayBack& way, base::Time now)
{
    auto started = tx.query(R"(
        SELECT next_path, typist, is_again, created_at FROM sign_in_started
         WHERE state_hash = $1 AND browser_hash = $2 AND created_at > $3)",
                         hash_of(way.state), hash_of(way.browser), base::Time(now - started_for))
                       .first([](const db::Row& row) {
                           return StartedSignIn{.next = row.string(0),
                               .typist = UserId{row.integer(1)},
                               .is_again = row.boolean(2),
                               .at = row.time(3)};
                       });
    // Of two that come at the same time only one removes it.
    if (!started || tx.execute("DELETE FROM sign_in_started WHERE state_hash = $1", hash_of(way.state)) != 1)
        return std::nullopt;
    return started;
}

std::int64_t remove_old_started_sign_ins(db::Transaction& tx, base::Time now)
{
    return tx.execute("DELETE FROM sign_in_started WHERE created_at <= $1", base::Time(now - started_for));
}

} // namespace sign_in
