#pragma once
// What a user shows at the sign-in besides the password: a code of an app (totp.hpp), or a recovery code.

#include "base/ids.hpp"
#include "base/time.hpp"
#include "db/connection.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sign_in {

struct SecondFactor
{
    /// In base32. No page shows it after it was turned on, and no log has it.
    std::string secret;
    base::Time created_at{};
    /// The step whose code counted last (totp_step()).
    std::int64_t last_step = 0;
    /// Since the last right one.
    std::int64_t wrong_codes = 0;
    std::string recovery_salt;
};
/// Nothing for a user who signs in with the password alone.
std::optional<SecondFactor> find_second_factor(db::Connection& db, UserId user);
bool has_second_factor(db::Connection& db, UserId user);

/// Recovery codes as they are stored; they replace all others of the user.
struct RecoveryCodes
{
    std::string_view salt;
    /// hash_recovery_codes()
    std::vector<std::string> hashes;
    /// The session that is shown them until it says that they are kept, shown_codes_for at most.
    std::string_view shown_to;
};
inline constexpr std::chrono::minutes shown_codes_for{15};

/// Add the user's second factor. `step` is that of the code which was typed for it. Throws db::ConstraintViolation when
/// there is one.
struct NewSecondFactor
{
    std::string_view secret;
    std::int64_t step = 0;
    const RecoveryCodes& recovery;
};
void add_second_factor(db::Transaction& tx, UserId user, const NewSecondFactor& factor, base::Time now);
/// False when there is none.
bool remove_second_factor(db::Transaction& tx, UserId user);
/// Let the code of this step count, if none of it or of a later one has; it then counts for nobody else. False
/// otherwise, and when the secret is another one by now. Clears the wrong ones.
bool mark_code_used(db::Transaction& tx, UserId user, std::string_view secret, std::int64_t step);
void count_wrong_code(db::Transaction& tx, UserId user);

/// Replace the recovery codes. False when there is no second factor.
bool set_recovery_codes(db::Transaction& tx, UserId user, const RecoveryCodes& codes, base::Time now);
bool has_recovery_code(db::Connection& db, UserId user, std::string_view hash);
/// Let a recovery code count. False when it has before. Clears the wrong codes.
bool mark_recovery_code_used(db::Transaction& tx, UserId user, std::string_view hash);
std::int64_t count_recovery_codes(db::Connection& db, UserId user);
/// The salt of the codes that this session is still shown.
std::optional<std::string> find_shown_codes(
    db::Connection& db, UserId user, std::string_view session_hash, base::Time now);
/// They are kept: show them no longer.
void remove_shown_codes(db::Transaction& tx, UserId user);

} // namespace sign_in
