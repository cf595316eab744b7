#pragma once
// A form that was sent while a new password or a second factor is due waits until that is done.

#include "web/context.hpp"

#include <string>
#include <string_view>

namespace pages::settings {

/// The page of the form that waits, as the password page's address or its own form says; empty when none does.
std::string waiting_page(const web::Context& ctx);
/// Lead everything to the password page while a new one is due. What a form carried is kept for `page`, its own, as
/// after an ended session; the password page says so and leads back to it.
http::Response ask_for_new_password(web::Context& ctx, std::string_view page);
/// The same to the page that turns the second factor on, while the visitor must.
http::Response ask_for_second_factor(web::Context& ctx, std::string_view page);

} // namespace pages::settings
