#include "server/arrival/form_path.hpp"

#include "pages/shared/urls.hpp"

namespace server {

std::string form_path(const web::Router& router, const std::string& path)
{
    if (router.find(http::Method::Get, path))
        return path;
    const auto cut = path.find_last_of('/', path.size() - 2);
    std::string parent = path.substr(0, cut + 1);
    return router.find(http::Method::Get, parent) ? parent : urls::front();
}

} // namespace server
