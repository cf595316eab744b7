#pragma once
// The service requests on the pages of a user and of an account.

#include "service_requests/service_request.hpp"

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

namespace service_requests {

/// For staff: the open ones first, then the others, each newest first; at most `limit`.
std::vector<ServiceRequest> list_of_user(db::Connection& db, UserId user, std::size_t limit);
std::vector<ServiceRequest> list_of_account(db::Connection& db, AccountId account, std::size_t limit);
/// How many an account has; count_own_service_requests() counts a user's.
OwnCounts count_of_account(db::Connection& db, AccountId account);

/// The account of the newest one of the user that has any; zero without one.
AccountId find_last_account(db::Connection& db, UserId user);
/// True when somebody else reported a leak of the account or at its address that is still open, whoever shares what: it
/// tells no more than that.
bool is_leak_open_at(db::Connection& db, AccountId account, std::string_view address, UserId reader);
/// When the user submitted the oldest of the last `count` ones; nothing when there are fewer.
std::optional<base::Time> find_submitted_before(db::Connection& db, UserId user, std::size_t count);
/// True when this is an emergency; false too when there is none.
bool is_emergency(db::Connection& db, ServiceRequestId id);

/// Append the statement of these lists; a test asks the planners about it.
void add_list_of_user_sql(db::SqlBuilder& sql, UserId user, std::size_t limit);
void add_list_of_account_sql(db::SqlBuilder& sql, AccountId account, std::size_t limit);

} // namespace service_requests
