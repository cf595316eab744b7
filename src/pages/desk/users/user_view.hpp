#pragma once

#include "events/event.hpp"
#include "pages/desk/users/user_input.hpp"
#include "pages/desk/users/views.hpp"
#include "web/context.hpp"

namespace pages::desk {

/// Everything that the page of a user shows, or that of a new one (id zero).
UserView user_view(web::Context& ctx, users::User saved);
/// Show what was kept of the form before; nothing for an empty draft.
void fill_in(UserView& view, const web::Fields& draft);
/// The same page after a mistake: what was typed, with the errors.
UserView refused_user_view(web::Context& ctx, users::User saved, const UserInput& input);
/// The same page after a clash: what was typed, and what somebody else saved as `saved`.
UserView clashing_user_view(web::Context& ctx, const users::User& saved, const UserInput& input);
/// The same page when somebody reset the password first: it says who, and shows the temporary password only to them.
UserView reset_before_view(web::Context& ctx, UserId id, const web::Fields& unsaved, const events::Event& first);

/// The same page before a user who has open emergencies is taken off the desk: it names them. Nothing when there are
/// none, or when the form has said yes to all of them.
std::optional<UserView> leaks_to_ask_about(web::Context& ctx, const users::User& saved, const UserInput& input);

} // namespace pages::desk
