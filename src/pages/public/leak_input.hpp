#pragma once

#include "actions/report_leak.hpp"
#include "pages/public/views.hpp"
#include "web/context.hpp"

#include <string>
#include <string_view>

namespace pages::public_ {

/// Read a leak report's form. Nothing typed refuses it but a missing place.
TypedLeak read_leak(const http::Request& request);
/// The report that a form without errors asks for, followed under the private link with this token. A line that is too
/// long is shortened, and the whole of it goes into the notes as well.
actions::ReportLeak leak_report_of(const TypedLeak& typed, std::string_view token);
/// Make the private link's secret. The same submission gets the same one, so that a repeat leads to the first report.
std::string follow_token(const web::Context& ctx);

} // namespace pages::public_
