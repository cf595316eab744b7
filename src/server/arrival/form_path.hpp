#pragma once

#include "web/router.hpp"

#include <string>

namespace server {

/// Where the form of a POST address is shown: "/service/12/comments/" belongs to "/service/12/".
std::string form_path(const web::Router& router, const std::string& path);

} // namespace server
