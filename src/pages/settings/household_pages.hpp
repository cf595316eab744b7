#pragma once

#include "web/context.hpp"

namespace pages::settings {

/// POST /account/claim/ (`account`, `zip`, `shares`): 303 back with the same words whether the number exists, is taken
/// or does not fit; 422, also for an own account, and 429 with the form kept.
http::Response claim_account(web::Context& ctx);
/// POST /account/{id}/sharing/ (`shares`): who of the account sees the visitor's own service requests of it. 404 for an
/// account that is not linked.
http::Response choose_sharing(web::Context& ctx);
/// POST /account/{id}/unshare/ (`user`): the holder shares the account with this user no longer. 404 for everybody
/// else.
http::Response end_sharing(web::Context& ctx);
/// POST /account/asks/{id}/accept/ and …/decline/: 303 back; 404 for an ask that others decide about.
http::Response accept_ask(web::Context& ctx);
http::Response decline_ask(web::Context& ctx);

} // namespace pages::settings
