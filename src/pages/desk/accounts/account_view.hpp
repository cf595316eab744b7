#pragma once

#include "pages/desk/accounts/account_input.hpp"
#include "pages/desk/accounts/views.hpp"
#include "web/context.hpp"

namespace pages::desk {

/// Everything that the page of an account shows, or that of a new one (id zero).
AccountView account_view(web::Context& ctx, const accounts::Account& saved);
/// Show what was kept of the form before; nothing for an empty draft.
void fill_in(AccountView& view, const accounts::Account& saved, const web::Fields& draft);
/// The same page after a mistake: what was typed, with the errors.
AccountView refused_account_view(web::Context& ctx, const accounts::Account& saved, const AccountInput& input);
/// The same page after a clash: what was typed, and what somebody else saved.
AccountView clashing_account_view(web::Context& ctx, const accounts::Account& saved, const AccountInput& input);

} // namespace pages::desk
