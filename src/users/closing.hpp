#pragma once
// What stays of a customer who closed the own profile: a row without a person, so that the history still says whose a
// service request was.

#include "base/ids.hpp"
#include "base/time.hpp"
#include "db/connection.hpp"
#include "users/user.hpp"

#include <optional>
#include <string>

namespace users {

/// "closed 17": no form takes a user name with a blank, so nobody else has it.
std::string closed_username(UserId id);
/// Its customer closed it for good; nobody changes it any more.
bool is_closed(const User& user);
/// Replace the names, remove email, also one that waits for its link, phone and password: nobody signs in as this user
/// any more. Throws NotFound.
void set_closed(db::Transaction& tx, UserId id, base::Time at);
/// When it was closed; nothing for an open one.
std::optional<base::Time> find_closed_at(db::Connection& db, UserId id);

} // namespace users
