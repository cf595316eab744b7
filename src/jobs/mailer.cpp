#include "jobs/mailer.hpp"

#include "actions/mail/put_off_mail.hpp"
#include "base/error.hpp"
#include "base/log.hpp"
#include "jobs/compose_mail.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>
#include <thread>

namespace jobs {

namespace {

actions::MailResult result_of(mail::Outcome outcome)
{
    switch (outcome) {
    case mail::Outcome::Accepted:
        return actions::MailResult::Accepted;
    case mail::Outcome::Later:
        return actions::MailResult::RefusedForNow;
    case mail::Outcome::Never:
        return actions::MailResult::Refused;
    case mail::Outcome::Unreachable:
        break;
    }
    return actions::MailResult::NobodyThere;
}

} // namespace

Mailer::Sent Mailer::send_due(mail::Sender& sender, const mail::GoesOn& goes_on) const
{
    Sent sent;
    while (goes_on()) {
        const base::Time claimed_at = site_.clock.now();
        bool is_any_due = false;
        const auto mails = site_.database.write([&](db::Transaction& tx) {
            const auto claimed = actions::claim_mail(tx, claimed_at_once, claimed_at);
            is_any_due = !claimed.empty();
            return actions::put_off_mail(tx, claimed, claimed_at, zones_);
        });
        if (!is_any_due)
            break;
        for (std::size_t at = 0; at < mails.size(); ++at) {
            const std::span rest = std::span(mails).subspan(at);
            wait_for_turn(goes_on);
            // A mail that is begun must end before the claim does; and what is urgent waits for one mail at most.
            if (!goes_on() || site_.clock.now() + settings_.timeout >= claimed_at + actions::claim_time ||
                (at > 0 && must_give_way(mails[at]))) {
                release(rest);
                break;
            }
            const auto end = send(sender, mails[at], goes_on);
            if (!end) {
                release(rest);
                break;
            }
            note(mails[at], *end);
            if (end->result == actions::MailResult::NobodyThere) {
                release(rest.subspan(1));
                sent.is_stopped = true;
                return sent;
            }
            sent.accepted += end->result == actions::MailResult::Accepted ? 1 : 0;
        }
    }
    return sent;
}

bool Mailer::must_give_way(const outbox::Claimed& next) const
{
    return !next.occasion.empty() && outbox::is_urgent_due(*site_.database.read(), site_.clock.now());
}

void Mailer::wait_for_turn(const mail::GoesOn& goes_on) const
{
    constexpr Pace::Clock::duration longest_sleep = std::chrono::milliseconds(100);
    const auto turn = pace_.take(Pace::Clock::now());
    for (auto now = Pace::Clock::now(); now < turn && goes_on(); now = Pace::Clock::now())
        std::this_thread::sleep_for(std::min(turn - now, longest_sleep));
}

std::optional<actions::MailEnd> Mailer::send(
    mail::Sender& sender, const outbox::Claimed& queued, const mail::GoesOn& goes_on) const
{
    const auto never = [](std::string_view why) {
        return actions::MailEnd{actions::MailResult::Refused, {.server = {}, .text = fmt::format("not sent: {}", why)}};
    };
    // One that waited longer, because the site sent no mail or was restored from a backup, is news to nobody.
    if (site_.clock.now() > queued.queued_at + outbox::longest_tried)
        return never("it waited for too long");
    mail::Message message;
    try {
        message = compose_mail(*site_.database.read(), site_, settings_, queued);
    } catch (const base::NotFound& error) {
        return never(error.what());
    } catch (const std::invalid_argument& error) {
        return never(error.what());
    }
    const std::string id = message.message_id.substr(1, message.message_id.find('@') - 1);
    const mail::Delivery delivery =
        sender.send({.from = message.from, .to = message.to, .id = id}, mail::wire_text(message), goes_on);
    if (delivery.outcome == mail::Outcome::Unreachable && !goes_on())
        return std::nullopt;
    return actions::MailEnd{result_of(delivery.outcome), {.server = delivery.server, .text = delivery.answer}};
}

void Mailer::note(const outbox::Claimed& queued, const actions::MailEnd& end) const
{
    if (end.result != actions::MailResult::Accepted)
        base::log::warning(fmt::format("mail {}: {} {}", queued.id.value, end.answer.server, end.answer.text));
    // What is not noted is sent a second time, so a database that is away for a moment is waited for.
    for (int attempt = 1;; ++attempt) {
        try {
            return site_.database.write(
                [&](db::Transaction& tx) { actions::note_mail(tx, queued, end, site_.clock.now()); });
        } catch (const base::Unavailable& error) {
            if (attempt == 5)
                throw;
            base::log::warning(fmt::format("mail {} is noted later: {}", queued.id.value, error.what()));
            std::this_thread::sleep_for(std::chrono::milliseconds(200) * attempt);
        }
    }
}

void Mailer::release(std::span<const outbox::Claimed> mails) const
{
    site_.database.write([&](db::Transaction& tx) {
        for (const outbox::Claimed& queued : mails)
            actions::release_mail(tx, queued.id);
    });
}

} // namespace jobs
