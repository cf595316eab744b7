#pragma once
// The name, email, phone or address of somebody with thousands of service requests changes: their search words are made
// anew some at a time, so that nobody's form waits for them. What is still to do is in the database and outlives a
// kill.

#include "service_requests/service_request.hpp"

namespace search {

/// True when service requests wait for new search words.
bool has_words_to_renew(db::Connection& db);
/// Make the words of the next ones anew: a hundred on SQLite, where others wait meanwhile; on PostgreSQL one, so that
/// it never waits for two rows.
void renew_search_words(db::Transaction& tx);
/// True when this service request's words are to be made anew.
bool waits_for_renewal(db::Connection& db, ServiceRequestId id);

} // namespace search
