#pragma once

#include "db/connection.hpp"
#include "mail/mail_settings.hpp"
#include "mail/message.hpp"
#include "outbox/outbox.hpp"
#include "web/site.hpp"

namespace jobs {

/// Make the words of a queued mail, in its language, from what the database holds now. The service request is read as
/// its customer and only a public comment is shown, so a mail says nothing that its reader's pages would not. Throws
/// base::NotFound when what it tells of is not its reader's any more, and std::invalid_argument when it has no email
/// that can be written to.
mail::Message compose_mail(
    db::Connection& db, const web::Site& site, const mail::MailSettings& settings, const outbox::Claimed& queued);

} // namespace jobs
