#pragma once

#include "actions/report_leak.hpp"
#include "pages/public/views.hpp"
#include "web/context.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace pages::public_ {

/// Read a leak report's form. Nothing typed refuses it but a missing place.
TypedLeak read_leak(const http::Request& request);
/// True for a gas leak in the form for a new service request, a customer's or a caller's.
bool is_new_leak(web::Context& ctx);
/// Read such a leak when it cannot be taken as its typist's, because the session ended or somebody else is signed in: a
/// leak is never refused for that. The address of an account counts only for `typist`, who has it, or as the form
/// showed it. Nothing when the form is for something else, or was carried out before.
std::optional<TypedLeak> read_leak_of_ended_session(web::Context& ctx, UserId typist);
/// The report that a form without errors asks for, followed under the private link with this token. A line that is too
/// long is shortened, and the whole of it goes into the notes as well.
actions::ReportLeak leak_report_of(const TypedLeak& typed, std::string_view token);
/// Make the private link's secret. The same submission gets the same one, so that a repeat leads to the first report.
std::string follow_token(const web::Context& ctx);

} // namespace pages::public_
