#include "accounts/tries.hpp"

#include "base/crypto.hpp"

namespace accounts {

namespace {

constexpr std::chrono::hours counted_for{1};

} // namespace

std::optional<std::chrono::milliseconds> add_try(db::Transaction& tx, std::string_view who, base::Time now)
{
    const std::string key = base::hex(base::sha256(who));
    // In one statement, so that tries at several nodes at once are all counted. One that was later than now is from
    // before a clock was put back.
    const bool is_counted = tx.query(R"(
        INSERT INTO service_account_try (key, last_1) VALUES ($1, $2)
        ON CONFLICT (key) DO UPDATE SET last_1 = $2, last_2 = service_account_try.last_1,
               last_3 = service_account_try.last_2, last_4 = service_account_try.last_3,
               last_5 = service_account_try.last_4
         WHERE service_account_try.last_5 <= $3 OR service_account_try.last_5 > $2
        RETURNING last_1)",
                                  key, now, base::Time(now - counted_for))
                                .first([](const db::Row&) { return true; })
                                .value_or(false);
    if (is_counted)
        return std::nullopt;
    const base::Time first = tx.query("SELECT last_5 FROM service_account_try WHERE key = $1", key)
                                 .first([](const db::Row& row) { return row.time(0); })
                                 .value_or(now);
    return first + counted_for - now;
}

std::int64_t remove_old_tries(db::Transaction& tx, base::Time now)
{
    return tx.execute("DELETE FROM service_account_try WHERE last_1 <= $1", base::Time(now - counted_for));
}

} // namespace accounts
