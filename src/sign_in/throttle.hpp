#pragma once

#include "base/time.hpp"
#include "db/connection.hpp"

#include <cstdint>
#include <string_view>

namespace sign_in {

/// Somebody tries to sign in: from where, as whom, when.
struct SignInAttempt
{
    std::string_view address;
    std::string_view username;
    base::Time now{};
};

/// Wrong passwords are counted per address and user name, and per user name alone, by all nodes of a site together.
/// Ten wrong in a minute from one address for one name block that pair for a minute; three are enough while the name
/// sees more than thirty in a minute from everywhere. The owner elsewhere is not blocked.
/// Throws base::TooManyAttempts with the seconds to wait.
void check_throttle(db::Connection& db, const SignInAttempt& attempt);
/// Count a wrong password. Call first of all in the transaction.
void note_failure(db::Transaction& tx, const SignInAttempt& attempt);
/// Forget the wrong ones after a right password. Call first of all in the transaction.
void forget_failures(db::Transaction& tx, const SignInAttempt& attempt);
/// Remove counts that have ended; returns how many rows.
std::int64_t remove_old_failures(db::Transaction& tx, base::Time now);

} // namespace sign_in
