#pragma once

#include "http/response.hpp"
#include "web/context.hpp"

#include <exception>
#include <string_view>

namespace server {

/// The one place that turns an exception into a page: public words for the visitor, the cause and the request id for
/// the log.
http::Response error_page(web::Context& ctx, std::exception_ptr error);

/// The page for a status that needs no exception (no such route, wrong method, full lane), in the frame of the
/// visitor whose session was found.
http::Response status_page(web::Context& ctx, http::Status status, base::Text text = {});

/// The page for a request whose trusted proxy does not say who sent it.
http::Response unknown_sender_page(web::Context& ctx);

/// The page for a request that could not be read: nothing is known of it, so it says everything in each language of the
/// site. Whole and small, with the emergency number on it.
std::string bare_page(const web::Site& site, http::Status status);

/// The page for clients beyond the server's number of connections: the emergency number is on it, in each language
/// of the site. Whole, small.
std::string busy_page(const web::Site& site);

} // namespace server
