#pragma once
// Steps that several changes of a user share.

#include "users/user.hpp"
#include "web/context.hpp"
#include "web/live/hub.hpp"

namespace pages::desk {

/// The user whom the path names. Throws base::NotFound, and base::Forbidden when the visitor must not change this user.
users::User get_changeable_user(web::Context& ctx);
/// Close the live pages of all the user's sessions except the visitor's own.
void end_live_pages(const web::Context& ctx, web::LiveHub& live, UserId user);

} // namespace pages::desk
