#pragma once

#include "http/server/server.hpp"
#include "web/context.hpp"
#include "web/router.hpp"

#include <string>

namespace server {

/// Who asked, to be remembered with the answer (http::Response::note) until it is served: the user's id, or nothing.
std::string access_note(const web::Context& ctx);

/// "access ADDRESS USER METHOD PATH STATUS BYTES MS REQUEST-ID" with "-" for what is not known: one exchange for the
/// log. The path is as it was sent, without the query; a private token in it, that is a segment which a route names
/// "token", is masked together with all that follows.
std::string access_line(const http::Served& exchange, const web::Router& router);
/// Write this line, or with log_format = json the same as fields.
void write_access(const http::Served& exchange, const web::Router& router);

} // namespace server
