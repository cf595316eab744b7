#pragma once

#include "db/database.hpp"
#include "service_requests/service_request.hpp"

#include <cstdint>
#include <vector>

namespace search {

/// Store the search words of a service request that was just added: those known, or those asked for.
void add_search_words(db::Transaction& tx, ServiceRequestId id);
void add_search_words(
    db::Transaction& tx, const service_requests::Added& added, const service_requests::NewServiceRequest& request);
/// Rebuild the search words of one service request, or of all of a user's or an account's after a change of name or
/// address: more than twenty are noted for store_words_behind().
void update_search_words(db::Transaction& tx, ServiceRequestId id);
void update_search_words_of_user(db::Transaction& tx, UserId user);
void update_search_words_of_account(db::Transaction& tx, AccountId account);
/// Note that a service request got a comment, or a file (see migration 44 for its number): store_words_behind() stores
/// the words, so that no writer waits.
void note_words_behind(db::Transaction& tx, ServiceRequestId id, std::int64_t comment = 0);
/// Housekeeping asks every second.
bool has_words_behind(db::Connection& db);
/// As many service requests as one transaction of a single writer should store.
inline constexpr std::size_t most_stored_at_once = 64;
/// Store the words of service requests that were noted, with an id above `after`: of one at least, of up to `most`
/// until their texts have 64 KB. Returns the last one, zero when there are no others. Where others write meanwhile
/// `most` is one, so that it never waits for two rows.
ServiceRequestId store_words_behind(
    db::Transaction& tx, ServiceRequestId after, std::size_t most = most_stored_at_once);
/// Store them for all that were noted, for a command that wrote many.
void store_all_words_behind(db::Database& database);
/// Makes address_key and the search words anew for up to `limit` service requests with an id above `after`; returns the
/// last one's, zero after all.
ServiceRequestId refold_search_words(db::Transaction& tx, ServiceRequestId after, std::size_t limit);

/// Service requests whose stored words are not those that would be stored now and are not noted, and how many were
/// compared.
struct ComparedWords
{
    std::int64_t compared = 0;
    std::vector<ServiceRequestId> wrong;
};
/// The database may be in use meanwhile. Takes about as long as making the words anew.
ComparedWords compare_words(db::Connection& db);

} // namespace search
