#include "server/settings/mail_settings.hpp"

#include "base/text.hpp"
#include "mail/message.hpp"
#include "server/arrival/origin.hpp"
#include "server/settings/values.hpp"

#include <fmt/format.h>

namespace server {

namespace {

std::string checked_email(std::string_view text)
{
    const std::string email = checked_text(text);
    if (!mail::is_address(email))
        throw UsageError(fmt::format("\"{}\" is not an email alone, such as service@gas.example", email));
    return email;
}

} // namespace

void apply_mail_url(Config& config, std::string_view text)
{
    // Not repeated: it may hold a password.
    if (const std::string wrong = mail::read_mail_url(checked_text(text), config.mail); !wrong.empty())
        throw UsageError(wrong);
}

void apply_mail_password(Config& config, std::string_view text)
{
    config.mail.password = checked_text(text);
}

void apply_mail_password_file(Config& config, std::string_view text)
{
    config.mail.password = secret_in_file(text);
}

void apply_mail_ca_file(Config& config, std::string_view text)
{
    config.mail.ca_file = checked_text(text);
}

void apply_mail_from(Config& config, std::string_view text)
{
    config.mail.from = checked_email(text);
}

void apply_mail_reply_to(Config& config, std::string_view text)
{
    config.mail.reply_to = checked_email(text);
}

void apply_mails_a_second(Config& config, std::string_view text)
{
    config.mail.a_second = checked_number(text, 1, 10'000);
}

void apply_site_url(Config& config, std::string_view text)
{
    const auto origin = parse_origin(checked_text(text));
    if (!origin)
        throw UsageError("must be https://HOST, http://HOST or one of these with :PORT, and nothing behind it");
    config.mail.site_url = *origin;
}

void require_mail_settings(const Config& config)
{
    if (!config.mail.is_on())
        return;
    if (config.mail.site_url.empty())
        throw UsageError(
            "mail_url: mail needs site_url, the origin that its links begin with, such as https://gas.example");
    if (config.mail.from.empty())
        throw UsageError("mail_url: mail needs mail_from, the sender's email");
    if (!config.mail.user.empty() && config.mail.password.empty())
        throw UsageError(
            "mail_url: it names a user, whose password mail_password_file or GAS_UTILITY_MAIL_PASSWORD holds");
}

} // namespace server
