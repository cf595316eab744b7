#pragma once

#include "attachments/attachment.hpp"
#include "users/session.hpp"
#include "users/sign_in.hpp"
#include "web/live_hub.hpp"
#include "web/site.hpp"

namespace app {

/// What handlers are given besides the context; routes.cpp binds them.
struct Services
{
    web::Site& site;
    attachments::Store& attachments;
    users::SignInThrottle& throttle;
    users::SessionRules session_rules;
    web::LiveHub& live;
};

} // namespace app
