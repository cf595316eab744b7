#pragma once

#include "base/act.hpp"
#include "db/connection.hpp"
#include "outbox/outbox.hpp"

namespace actions {

enum class SentAgain : std::uint8_t
{
    Done,
    NotNow,
    /// There is no such mail any more.
    Gone
};
/// Queue a mail once more that a server took or that was given up: one about a service request to the email that its
/// customer has now, any other one to its address. The history of its service request, or of its user, says who did it
/// and where it went. NotNow, and nothing is written, when it waits, when it was sent there again already, or when it
/// said something that it may say only once (outbox::can_be_repeated). Throws Forbidden unless the act's visitor is an
/// administrator now.
SentAgain send_mail_again(db::Transaction& tx, const base::Act& act, MailId id);

} // namespace actions
