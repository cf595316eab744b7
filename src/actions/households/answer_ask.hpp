#pragma once

#include "accounts/asks.hpp"
#include "base/act.hpp"
#include "db/connection.hpp"

namespace actions {

/// The act's visitor, the holder of the account, shares it with somebody who asked: they are linked with what they
/// chose to share, and everybody of the account is told. False when the ask is over: nothing is written. Throws
/// NotFound when it is not this visitor's to decide.
bool accept_ask(db::Transaction& tx, const base::Act& act, AskId id);
/// The same holder declines. Who asked is not told: the answer would say that the account exists.
bool decline_ask(db::Transaction& tx, const base::Act& act, AskId id);
/// Staff end an open ask for an account. False when there is none. Throws Forbidden for a visitor who is not staff now.
bool end_ask(db::Transaction& tx, const base::Act& act, AccountId account, AskId id);

} // namespace actions
