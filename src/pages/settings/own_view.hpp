#pragma once

#include "pages/settings/contact_views.hpp"
#include "users/user.hpp"
#include "web/context.hpp"

namespace pages::settings {

/// The visitor as saved.
users::User saved_user(web::Context& ctx);
/// The page of the own account, with what was typed into its forms.
OwnView own_view(web::Context& ctx, const users::User& saved, const TypedContact& typed, http::Status status);
/// In the customer's or the staff's frame.
http::Response draw(web::Context& ctx, const OwnView& view, http::Status status);

} // namespace pages::settings
