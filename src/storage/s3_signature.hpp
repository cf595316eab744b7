#pragma once

#include "base/time.hpp"

#include <map>
#include <string>
#include <string_view>

namespace storage {

/// SHA-256 of no bytes, in hexadecimal.
inline constexpr std::string_view empty_sha256 = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

/// What Amazon's Signature Version 4 covers of an HTTP request.
struct SignedRequest
{
    std::string method = "GET";
    /// Encoded, beginning with a slash.
    std::string path;
    /// Not encoded.
    std::map<std::string, std::string> query = {};
    /// Names in lower case; sign() adds "x-amz-content-sha256", "x-amz-date" and "authorization". Must hold "host".
    std::map<std::string, std::string> headers;
    /// Of the body, in hexadecimal.
    std::string sha256 = std::string(empty_sha256);
};

struct Credentials
{
    std::string_view access_key_id;
    std::string_view secret_access_key;
    std::string_view region;
};

/// Signs for the service "s3", as docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html says.
void sign(SignedRequest& request, const Credentials& credentials, base::Time now);
/// "a=1&b=%2F", sorted by name.
std::string canonical_query(const std::map<std::string, std::string>& query);

} // namespace storage
