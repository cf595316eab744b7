#include "storage/s3_settings.hpp"

#include <algorithm>
#include <cstdint>

namespace storage {

namespace {

constexpr std::string_view scheme = "s3://";
constexpr std::string_view placeholder = "{bucket}";

bool is_lower_or_digit(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

// Amazon's rules for names of buckets, which all the others keep within.
bool is_bucket(std::string_view name)
{
    const auto is_allowed = [](char c) { return is_lower_or_digit(c) || c == '.' || c == '-'; };
    return name.size() >= 3 && name.size() <= 63 && std::ranges::all_of(name, is_allowed) &&
           is_lower_or_digit(name.front()) && is_lower_or_digit(name.back());
}

// What needs no encoding in a path, so that every server signs the same.
bool is_prefix(std::string_view prefix)
{
    const auto is_allowed = [](char c) {
        return is_lower_or_digit(c) || (c >= 'A' && c <= 'Z') || c == '/' || c == '-' || c == '_' || c == '.';
    };
    return prefix.size() <= 512 && std::ranges::all_of(prefix, is_allowed) &&
           prefix.find("//") == std::string_view::npos && prefix.find("..") == std::string_view::npos;
}

std::string_view without_scheme(std::string_view endpoint)
{
    const std::size_t end = endpoint.find("://");
    return end == std::string_view::npos ? std::string_view() : endpoint.substr(end + 3);
}

std::string endpoint_of(const S3Settings& settings)
{
    if (!settings.endpoint.empty())
        return settings.endpoint;
    // Amazon's certificates do not cover a host with the dots of a bucket's name.
    const bool has_dot = settings.bucket.find('.') != std::string::npos;
    return std::string("https://") + (has_dot ? "" : "{bucket}.") + "s3." + settings.region + ".amazonaws.com";
}

} // namespace

std::string S3Settings::url() const
{
    return std::string(scheme) + bucket + (prefix.empty() ? "" : "/" + prefix);
}

std::optional<S3Settings> parse_s3_url(std::string_view url)
{
    if (!url.starts_with(scheme))
        return std::nullopt;
    url.remove_prefix(scheme.size());
    const std::size_t slash = std::min(url.find('/'), url.size());
    std::string_view prefix = url.substr(std::min(slash + 1, url.size()));
    if (prefix.ends_with('/'))
        prefix.remove_suffix(1);
    if (!is_bucket(url.substr(0, slash)) || !is_prefix(prefix) || prefix.starts_with('/'))
        return std::nullopt;
    S3Settings settings;
    settings.bucket = url.substr(0, slash);
    settings.prefix = prefix;
    return settings;
}

bool is_s3_endpoint(std::string_view endpoint)
{
    std::string_view host = without_scheme(endpoint);
    if (!endpoint.starts_with("http://") && !endpoint.starts_with("https://"))
        return false;
    if (host.starts_with(placeholder) && host.substr(placeholder.size()).starts_with('.'))
        host.remove_prefix(placeholder.size() + 1);
    const auto is_allowed = [](char c) {
        return is_lower_or_digit(c) || c == '.' || c == '-' || c == ':' || c == '[' || c == ']';
    };
    return !host.empty() && std::ranges::all_of(host, is_allowed);
}

S3Address s3_address(const S3Settings& settings)
{
    S3Address address{.origin = endpoint_of(settings), .host = {}, .path = "/"};
    if (const std::size_t at = address.origin.find(placeholder); at != std::string::npos)
        address.origin.replace(at, placeholder.size(), settings.bucket);
    else
        address.path += settings.bucket + "/";
    const bool is_tls = address.origin.starts_with("https:");
    address.host = without_scheme(address.origin);
    const std::string_view implied = is_tls ? ":443" : ":80";
    if (address.host.ends_with(implied))
        address.host.erase(address.host.size() - implied.size());
    return address;
}

} // namespace storage
