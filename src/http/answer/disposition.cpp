#include "http/answer/disposition.hpp"

#include "base/url_encoding.hpp"

#include <fmt/format.h>

namespace http {

namespace {

std::string plain_name(std::string_view name)
{
    std::string plain;
    for (const char c : name) {
        const bool is_plain = c >= ' ' && c <= '~' && c != '"' && c != '\\' && c != '%';
        plain.push_back(is_plain ? c : '_');
    }
    return plain;
}

} // namespace

std::string content_disposition(Disposition disposition, std::string_view file_name)
{
    return fmt::format("{}; filename=\"{}\"; filename*=UTF-8''{}",
        disposition == Disposition::Inline ? "inline" : "attachment", plain_name(file_name),
        base::percent_encode(file_name));
}

} // namespace http
