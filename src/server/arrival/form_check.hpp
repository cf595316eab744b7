#pragma once

#include "server/arrival/origin.hpp"
#include "web/context.hpp"
#include "web/router.hpp"

#include <optional>

namespace server {

/// For whom the form was drawn; zero for a guest's, an unsealed and a forged one.
UserId typist_of(const web::Context& ctx);
/// Check where a form comes from, whose it is, and whether this visitor may send it. What somebody else typed is kept
/// for its typist. Throws base::ForeignForm, InvalidToken, OthersForm and Forbidden. A leak report with a foreign
/// Origin goes on without its session.
void check_form(web::Context& ctx, const web::Route& route, Sender sender);
/// Take a gas leak although its form was refused; nothing for another form, and for one that the browser itself calls
/// foreign.
std::optional<http::Response> take_refused_leak(web::Context& ctx, Sender sender);

} // namespace server
