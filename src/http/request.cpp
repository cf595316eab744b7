#include "http/request.hpp"

#include <algorithm>
#include <system_error>

namespace http {

namespace {

using Fields = std::vector<std::pair<std::string, std::string>>;

std::optional<std::string_view> find_field(const Fields& fields, std::string_view name)
{
    const auto found =
        std::find_if(fields.begin(), fields.end(), [&](const auto& field) { return field.first == name; });
    if (found == fields.end())
        return std::nullopt;
    return found->second;
}

} // namespace

UploadedFile::UploadedFile(UploadedFile&& other) noexcept
{
    *this = std::move(other);
}

UploadedFile& UploadedFile::operator=(UploadedFile&& other) noexcept
{
    std::swap(field, other.field);
    std::swap(name, other.name);
    std::swap(size, other.size);
    std::swap(sha256, other.sha256);
    std::swap(too_large, other.too_large);
    path.swap(other.path);
    return *this;
}

UploadedFile::~UploadedFile()
{
    std::error_code ignored;
    if (!path.empty())
        std::filesystem::remove(path, ignored);
}

std::filesystem::path UploadedFile::release()
{
    std::filesystem::path released;
    released.swap(path);
    return released;
}

std::string_view Request::header(std::string_view lower_case_name) const
{
    return find_field(headers, lower_case_name).value_or(std::string_view());
}

std::string_view Request::cookie(std::string_view name) const
{
    return find_field(cookies, name).value_or(std::string_view());
}

bool Request::is_from_operations() const
{
    const bool is_here = remote_address.starts_with("127.") || remote_address == "::1";
    return forwarding == Forwarding::ProxyItself || (forwarding == Forwarding::None && is_here);
}

bool Request::is_seen() const
{
    const bool is_ahead = header("sec-purpose").starts_with("prefetch") || header("purpose") == "prefetch" ||
                          header("x-moz") == "prefetch";
    return method != Method::Head && !is_ahead;
}

std::optional<std::string_view> Request::query_value(std::string_view name) const
{
    return find_field(query, name);
}

std::optional<std::string_view> Request::form_value(std::string_view name) const
{
    return find_field(form, name);
}

} // namespace http
