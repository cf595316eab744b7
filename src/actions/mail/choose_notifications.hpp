#pragma once

#include "base/act.hpp"
#include "db/connection.hpp"
#include "notifications/choice.hpp"

namespace actions {

/// Save how the act's visitor wants to be told, as far as the role they have now is asked about. Mail that waits
/// follows at once: what is not wanted any more is not sent, and the rest is put off anew. False when they were changed
/// after the form was made: nothing is written. It is a preference: no occasion tells it.
bool choose_notifications(db::Transaction& tx, const base::Act& act, const notifications::Choices& choices);

/// Switch off the mail that a link in a mail names, for its reader, who need not be signed in; again does nothing new.
void switch_off_mail(db::Transaction& tx, const notifications::SwitchOff& what, base::Time at);

} // namespace actions
