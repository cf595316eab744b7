#pragma once

#include "oidc/provider.hpp"
#include "pages/public/people/self_service.hpp"
#include "server/bodies/daily_quota.hpp"
#include "server/bodies/free_space.hpp"
#include "server/watch/monitoring.hpp"
#include "server/watch/readiness.hpp"
#include "sign_in/password_rules.hpp"
#include "sign_in/session.hpp"
#include "storage/store.hpp"
#include "web/live/hub.hpp"
#include "web/site.hpp"

#include <atomic>
#include <memory>
#include <string>
#include <vector>

namespace server {

/// What handlers are given besides the context; routes.cpp binds them.
struct Services
{
    web::Site& site;
    storage::Store& attachments;
    sign_in::SessionRules session_rules;
    web::LiveHub& live;
    /// Set when the process was asked to end: /readyz then sends new visitors elsewhere.
    std::atomic<bool> is_leaving = false;
    /// Other sites whose pages may send forms, as parse_origin() makes them.
    std::vector<std::string> trusted_origins = {};
    /// A line a request on standard error.
    bool access_log = false;
    Readiness readiness{site.database, attachments};
    Monitoring monitoring = {};
    FreeSpace free_space = {};
    DailyQuota quota = {};
    sign_in::PasswordLengths passwords = {};
    /// Null: nobody signs in at a provider. self_service names it, too.
    std::unique_ptr<oidc::Provider> provider = {};
    pages::public_::SelfService self_service = {};
};

} // namespace server
