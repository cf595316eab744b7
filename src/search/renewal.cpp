// The name, email, phone or address of somebody with thousands of service requests changes: their search words are made
// anew in the background, as those of comments are, so that nobody's form waits for them. What is still to do is in the
// database and outlives a kill.

#include "search/words.hpp"

#include <cstddef>
#include <vector>

namespace search {

namespace {

// As many take a few milliseconds.
constexpr std::size_t renewed_at_once = 20;

/// True when they were few enough to be done at once.
bool renew(db::Transaction& tx, const std::vector<ServiceRequestId>& ids)
{
    if (ids.size() > renewed_at_once)
        return false;
    for (const ServiceRequestId id : ids)
        update_search_words(tx, id);
    return true;
}

ServiceRequestId id_from_row(const db::Row& row)
{
    return row.id<ServiceRequestId>(0);
}

} // namespace

// The row of an earlier change is locked: housekeeping has not begun with it yet, or has removed it when this goes on.
void update_search_words_of_user(db::Transaction& tx, UserId user)
{
    const auto first =
        db::map_rows(tx.query("SELECT id FROM service_servicerequest WHERE user_id = $1 ORDER BY id LIMIT $2", user,
                         renewed_at_once + 1),
            id_from_row);
    if (!renew(tx, first))
        tx.apply(R"(
            INSERT INTO service_search_behind (service_request_id, comment_id)
            SELECT id, -9000000000000000000 FROM service_servicerequest WHERE user_id = $1 ORDER BY id
            ON CONFLICT (service_request_id, comment_id) DO UPDATE SET comment_id = EXCLUDED.comment_id)",
            user);
}

void update_search_words_of_account(db::Transaction& tx, AccountId account)
{
    const auto first =
        db::map_rows(tx.query("SELECT id FROM service_servicerequest WHERE account_id = $1 ORDER BY id LIMIT $2",
                         account, renewed_at_once + 1),
            id_from_row);
    if (!renew(tx, first))
        tx.apply(R"(
            INSERT INTO service_search_behind (service_request_id, comment_id)
            SELECT id, -9000000000000000000 FROM service_servicerequest WHERE account_id = $1 ORDER BY id
            ON CONFLICT (service_request_id, comment_id) DO UPDATE SET comment_id = EXCLUDED.comment_id)",
            account);
}

} // namespace search
