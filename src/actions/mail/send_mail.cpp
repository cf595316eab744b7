#include "actions/mail/send_mail.hpp"

namespace actions {

namespace {

/// In the time of one sweep; the next one removes more.
constexpr std::int64_t most_removed = 1000;

} // namespace

void switch_mail(db::Transaction& tx, bool is_on, base::Time at)
{
    outbox::set_switch(tx, is_on);
    if (tx.engine() == db::Engine::Sqlite)
        outbox::end_claims(tx, at);
}

std::vector<outbox::Claimed> claim_mail(db::Transaction& tx, std::size_t limit, base::Time at)
{
    return outbox::add_claims(tx, limit, at, at + claim_time);
}

void release_mail(db::Transaction& tx, MailId id)
{
    outbox::end_claim(tx, id);
}

void note_mail(db::Transaction& tx, const outbox::Claimed& mail, const MailEnd& end, base::Time at)
{
    if (end.result == MailResult::Accepted)
        return outbox::note_accepted(tx, mail.id, end.answer, at);
    const bool counts = end.result == MailResult::RefusedForNow;
    const base::Time due = outbox::next_attempt(at, counts ? mail.attempts + 1 : 1);
    if (end.result == MailResult::Refused || due > mail.queued_at + outbox::longest_tried)
        return outbox::note_given_up(tx, mail.id, end.answer, at);
    outbox::note_later(
        tx, mail.id, end.answer, {.due = due, .counts = counts ? outbox::Counts::Attempt : outbox::Counts::Nothing});
}

void forget_old_mail(db::Transaction& tx, base::Time at)
{
    static_cast<void>(outbox::remove_old_mail(tx, at, most_removed));
}

} // namespace actions
