#pragma once

#include "db/connection.hpp"
#include "outbox/outbox.hpp"

#include <chrono>
#include <cstdint>
#include <vector>

namespace actions {

/// Note at the start of a server whether the site sends mail. On SQLite mails that a killed process had claimed are
/// free again at once; on PostgreSQL other nodes may be sending theirs, so these wait for their time.
void switch_mail(db::Transaction& tx, bool is_on, base::Time at);

/// So long a claim lasts: the mails of a node that was killed are sent by another one afterwards.
inline constexpr std::chrono::minutes claim_time{3};
/// Claim mails that are due, to be sent before `at` + claim_time.
std::vector<outbox::Claimed> claim_mail(db::Transaction& tx, std::size_t limit, base::Time at);
/// Let others send a claimed mail that was not tried.
void release_mail(db::Transaction& tx, MailId id);

/// What came of a claimed mail.
enum class MailResult : std::uint8_t
{
    Accepted,
    /// It is tried again, less and less often; given up after outbox::longest_tried.
    RefusedForNow,
    Refused,
    /// The server is not there for any mail: tried again in a minute, given up after the same time.
    NobodyThere
};
struct MailEnd
{
    MailResult result = MailResult::NobodyThere;
    outbox::Answer answer;
};
void note_mail(db::Transaction& tx, const outbox::Claimed& mail, const MailEnd& end, base::Time at);

/// Remove some of the mails that were kept long enough; called again and again.
void forget_old_mail(db::Transaction& tx, base::Time at);

} // namespace actions
