#pragma once

#include "actions/people/link_path.hpp"
#include "base/ids.hpp"
#include "base/time.hpp"
#include "db/database.hpp"
#include "registrations/registration.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace actions {

/// Note that somebody wants a sign-in of their own. The same work whatever they typed. Throws base::TooManyAttempts
/// when the network tried too many account numbers.
void ask_to_register(
    db::Transaction& tx, const registrations::Registration& wanted, std::string_view network, base::Time at);
inline constexpr std::size_t registration_batch = 20;
/// Mail each of them a link, or the user who has their email that somebody tried. Returns how many were looked at;
/// fewer than `registration_batch`: none is left.
std::size_t mail_registration_links(db::Database& database, base::Time now, const LinkPath& path_of);

/// The user name that a registration gets: the chosen one, else the email, else a made-up one.
std::string username_for(db::Connection& db, const registrations::Registration& wanted);
/// Count a wrong password behind the mailed link, which works no more after some of them.
void note_wrong_password(db::Transaction& tx, const registrations::Registration& wanted);
/// Make a customer of the registration, whose link and password were checked before, with the language in which they
/// registered; link the account that they claim.
/// The registration is gone then. Nothing when it was gone before, and when a user has the email by now. Throws
/// db::ConstraintViolation when the user name is taken, or looks like somebody's.
std::optional<UserId> register_customer(db::Transaction& tx, const registrations::Registration& wanted, base::Time at);

/// End registrations that nobody confirmed in time, at most `limit`; returns how many.
std::int64_t forget_registrations(db::Transaction& tx, base::Time now, std::size_t limit);

} // namespace actions
