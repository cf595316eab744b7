#pragma once
// The settings of the sign-in at an OpenID provider. Each function throws UsageError saying what is wrong, without the
// setting's name.

#include "server/settings/config.hpp"

#include <string_view>

namespace server {

void apply_oidc_issuer(Config& config, std::string_view text);
void apply_oidc_client_id(Config& config, std::string_view text);
void apply_oidc_client_secret(Config& config, std::string_view text);
void apply_oidc_client_secret_file(Config& config, std::string_view text);
void apply_oidc_name(Config& config, std::string_view text);
void apply_oidc_group_claim(Config& config, std::string_view text);
void apply_oidc_groups(Config& config, std::string_view text);
void apply_oidc_link_by_email(Config& config, std::string_view text);
void apply_oidc_ca_file(Config& config, std::string_view text);
void apply_local_sign_in(Config& config, std::string_view text);

/// Throw UsageError naming what is missing when the staff are to sign in at a provider.
void require_oidc_settings(const Config& config);

} // namespace server
