#pragma once
// jobs/ is the work that nobody waits for: sending mail. It reads what is queued, makes the words and notes what came
// of it, in the same way as a door.

#include "actions/mail/send_mail.hpp"
#include "base/zones/time_zones.hpp"
#include "db/database.hpp"
#include "jobs/pace.hpp"
#include "mail/mail_settings.hpp"
#include "mail/sender.hpp"
#include "web/site.hpp"

#include <cstddef>
#include <optional>
#include <span>

namespace jobs {

/// Few, so that a kill leaves few waiting for their claim's end.
inline constexpr std::size_t claimed_at_once = 20;
/// So many mails are on their way at the same time when many wait; each is sent a second time if its answer is lost.
inline constexpr std::size_t most_connections = 4;

/// Sends the mails that are queued. Thread-safe.
class Mailer
{
  public:
    /// Both must outlive it.
    Mailer(const web::Site& site, const mail::MailSettings& settings)
        : site_(site), settings_(settings), zones_(site.zone), pace_(settings.a_second)
    {}

    struct Sent
    {
        std::size_t accepted = 0;
        /// The server is not there: wait a while.
        bool is_stopped = false;
    };
    /// Send what is due through `sender` until nothing is, the server is not there, or `goes_on` returns false.
    Sent send_due(mail::Sender& sender, const mail::GoesOn& goes_on) const;

  private:
    /// Make the words and hand them over. Nothing when it was to end before the server answered.
    std::optional<actions::MailEnd> send(
        mail::Sender& sender, const outbox::Claimed& queued, const mail::GoesOn& goes_on) const;
    void note(const outbox::Claimed& queued, const actions::MailEnd& end) const;
    void release(std::span<const outbox::Claimed> mails) const;
    void wait_for_turn(const mail::GoesOn& goes_on) const;
    /// True when something urgent waits that nobody sends, and `next` is not urgent itself.
    bool must_give_way(const outbox::Claimed& next) const;

    const web::Site& site_;
    const mail::MailSettings& settings_;
    /// Of the people whose mail waits.
    mutable base::TimeZones zones_;
    mutable Pace pace_;
};

} // namespace jobs
