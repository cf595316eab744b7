#include "attachments/sent.hpp"

namespace attachments {

std::int64_t bytes_sent_since(db::Connection& db, UserId user, base::Time since)
{
    return db
        .query("SELECT CAST(COALESCE(SUM(size), 0) AS BIGINT) FROM service_attachment"
               " WHERE user_id = $1 AND created_at > $2",
            user, since)
        .integer();
}

} // namespace attachments
