#pragma once

#include "mail/mail_settings.hpp"
#include "mail/sender.hpp"

#include <memory>

namespace mail {

/// Speaks SMTP with the site's server. Certificates are verified. One connection serves all messages until one fails.
class SmtpSender final : public Sender
{
  public:
    explicit SmtpSender(const MailSettings& settings);
    ~SmtpSender() override;

    Delivery send(const Envelope& envelope, const std::string& message, const GoesOn& goes_on) override;

  private:
    struct Connection;
    MailSettings settings_;
    std::unique_ptr<Connection> connection_;
};

} // namespace mail
