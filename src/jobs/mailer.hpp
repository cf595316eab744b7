#pragma once
// jobs/ is the work that nobody waits for: sending mail. It reads what is queued, makes the words and notes what came
// of it, in the same way as a door.

#include "actions/mail/send_mail.hpp"
#include "db/database.hpp"
#include "mail/mail_settings.hpp"
#include "mail/sender.hpp"
#include "web/site.hpp"

#include <cstddef>
#include <optional>
#include <span>

namespace jobs {

/// Sends the mails that are queued. Used by one thread.
class Mailer
{
  public:
    /// Both must outlive it.
    Mailer(const web::Site& site, const mail::MailSettings& settings) : site_(site), settings_(settings) {}

    struct Sent
    {
        std::size_t accepted = 0;
        /// The server is not there: wait a while.
        bool is_stopped = false;
    };
    /// Send what is due through `sender` until nothing is, the server is not there, or `goes_on` returns false.
    Sent send_due(mail::Sender& sender, const mail::GoesOn& goes_on);

  private:
    /// Make the words and hand them over. Nothing when it was to end before the server answered.
    std::optional<actions::MailEnd> send(
        mail::Sender& sender, const outbox::Claimed& queued, const mail::GoesOn& goes_on) const;
    void note(const outbox::Claimed& queued, const actions::MailEnd& end) const;
    void release(std::span<const outbox::Claimed> mails) const;

    const web::Site& site_;
    const mail::MailSettings& settings_;
};

} // namespace jobs
