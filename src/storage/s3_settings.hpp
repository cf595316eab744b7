#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace storage {

/// Where an S3-compatible store is and how it is asked.
struct S3Settings
{
    std::string bucket;
    /// Without slashes at its ends; may be empty.
    std::string prefix;
    /// "https://host" or "http://host:port": the bucket is then the first part of the path. With "{bucket}" in the host
    /// the bucket is part of the host's name. Empty: Amazon's for the region.
    std::string endpoint;
    std::string region = "us-east-1";
    std::string access_key_id;
    std::string secret_access_key;

    std::chrono::milliseconds connect_timeout{3000};
    /// How many names one page of a listing holds.
    unsigned page_size = 1000;
    /// A transfer that stands still for so long is broken off.
    std::chrono::seconds stall{10};
    /// All attempts of one operation together; a file has another second for each MiB.
    std::chrono::milliseconds deadline{30000};
    unsigned attempts = 4;
    /// Before the second attempt at most; doubled for each further one.
    std::chrono::milliseconds first_pause{200};

    /// "s3://bucket/prefix": for messages, without any secret.
    std::string url() const;
};

/// Bucket and prefix of "s3://bucket/prefix"; nothing when it is not one with names that S3 allows.
std::optional<S3Settings> parse_s3_url(std::string_view url);
/// True for "http(s)://host[:port]", also with "{bucket}." in front of the host.
bool is_s3_endpoint(std::string_view endpoint);

/// Where the objects of a bucket are, on the wire.
struct S3Address
{
    /// "https://host:port".
    std::string origin;
    /// The Host field: "host:port", without the port that the scheme implies.
    std::string host;
    /// In front of every key: "/bucket/" or "/".
    std::string path;
};
S3Address s3_address(const S3Settings& settings);

} // namespace storage
