#pragma once
// The settings of mail. Each function throws UsageError saying what is wrong, without the setting's name.

#include "server/settings/config.hpp"

#include <string_view>

namespace server {

void apply_mail_url(Config& config, std::string_view text);
void apply_mail_password(Config& config, std::string_view text);
void apply_mail_password_file(Config& config, std::string_view text);
void apply_mail_ca_file(Config& config, std::string_view text);
void apply_mail_from(Config& config, std::string_view text);
void apply_mail_reply_to(Config& config, std::string_view text);
void apply_mails_a_second(Config& config, std::string_view text);
void apply_site_url(Config& config, std::string_view text);

/// Throw UsageError naming what is missing when mail is to be sent: a sender, and the origin of links.
void require_mail_settings(const Config& config);

} // namespace server
