#include "server/static_files.hpp"

#include "assets/assets.hpp"

#include <string>

namespace server {

namespace {

struct Form
{
    std::string_view bytes;
    std::string_view etag;
    std::string_view encoding;
};

Form best_form(const assets::Asset& asset, std::string_view accepted)
{
    if (!asset.brotli.empty() && accepted.find("br") != std::string_view::npos)
        return {asset.brotli, asset.brotli_etag, "br"};
    if (!asset.gzip.empty() && accepted.find("gzip") != std::string_view::npos)
        return {asset.gzip, asset.gzip_etag, "gzip"};
    return {asset.plain, asset.etag, {}};
}

} // namespace

http::Response static_file(const http::Request& request)
{
    http::Response response;
    response.compressible = false;
    if (request.method != http::Method::Get && request.method != http::Method::Head) {
        response.status = http::Status::MethodNotAllowed;
        response.header("Allow", "GET, HEAD");
        return response;
    }
    const assets::Asset* asset = assets::find(request.path);
    if (asset == nullptr) {
        response.status = http::Status::NotFound;
        response.content_type = "text/plain; charset=utf-8";
        response.body = std::string("No such file.\n");
        return response;
    }
    const Form form = best_form(*asset, request.header("accept-encoding"));
    response.content_type = asset->content_type;
    response.header("Cache-Control", "public, max-age=31536000, immutable")
        .header("ETag", std::string(form.etag))
        .header("Vary", "Accept-Encoding");
    if (!form.encoding.empty())
        response.header("Content-Encoding", std::string(form.encoding));
    response.body = http::StaticBody{form.bytes};
    return response;
}

} // namespace server
