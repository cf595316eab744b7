#pragma once

#include "base/ids.hpp"
#include "base/time.hpp"
#include "base/visitor.hpp"
#include "db/database.hpp"

#include <string>
#include <string_view>

namespace support {

/// The password of everybody in the cast.
inline constexpr std::string_view cast_password = "correct horse battery";

/// The people of the tests; each is the visitor that signing in as them gives.
struct Cast
{
    /// Mei Chen, customer, 12 Elm Street.
    base::Visitor mei;
    /// Omar Haddad, customer, her neighbour at 14 Elm Street; sees nothing of hers.
    base::Visitor omar;
    /// Ravi Patel, representative.
    base::Visitor ravi;
    /// Sofia Marchetti, supervisor.
    base::Visitor sofia;
    /// Ada Byrne, administrator.
    base::Visitor ada;
    /// 4410-2087-33, Mei's.
    AccountId account_of_mei;
    /// 4410-2087-41, Omar's.
    AccountId account_of_omar;
};

/// A hash of the password in Django's PBKDF2 form with so few iterations that checking it costs nothing: for tests
/// only.
std::string cheap_hash(std::string_view password);

/// Adds everybody and their accounts in one transaction.
Cast add_cast(db::Database& database, base::Time now);

} // namespace support
