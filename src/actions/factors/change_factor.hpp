#pragma once

#include "base/act.hpp"
#include "db/connection.hpp"
#include "sign_in/factor/second_factor.hpp"

#include <cstdint>
#include <string_view>

namespace actions {

struct TurnFactorOn
{
    /// In base32.
    std::string_view secret;
    /// The step of the code that was typed for it; this code counts for nothing else.
    std::int64_t step = 0;
    const sign_in::RecoveryCodes& recovery;
    /// The session that stays open (sign_in::session_hash()); all others end, because nobody typed a code for them.
    std::string_view kept_session;
    /// Of the page, for the mail to somebody who chose none.
    std::string_view language = {};
};
/// Let the act's visitor sign in with a second factor from now on; they are told by mail. Throws Conflict, with a text
/// for the visitor, when there is one already.
void turn_factor_on(db::Transaction& tx, const base::Act& act, const TurnFactorOn& input);
/// Let the act's visitor sign in with the password alone again. Does nothing when that is so already.
void turn_factor_off(db::Transaction& tx, const base::Act& act, std::string_view language = {});
/// Replace the act's visitor's recovery codes. False, and nothing is written, without a second factor.
bool renew_recovery_codes(db::Transaction& tx, const base::Act& act, const sign_in::RecoveryCodes& codes);
/// Show the act's visitor's recovery codes no longer: they are kept.
void hide_recovery_codes(db::Transaction& tx, const base::Act& act);
/// Remove somebody's second factor, because the phone is lost: all their sessions end, and they are notified. False
/// when there is none. Throws NotFound, and Forbidden unless the program or another administrator acts.
bool reset_factor(db::Transaction& tx, const base::Act& act, UserId user);

/// The user of this session typed the password or a code in it. False when it has ended.
bool prove_session(db::Transaction& tx, std::string_view session_hash, base::Time at);

} // namespace actions
