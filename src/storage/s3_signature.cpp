#include "storage/s3_signature.hpp"

#include "base/crypto.hpp"
#include "base/text.hpp"
#include "base/url_encoding.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace storage {

namespace {

constexpr std::string_view algorithm = "AWS4-HMAC-SHA256";

/// "20261122T120618Z".
std::string compact(base::Time time)
{
    std::string text = base::iso_utc(time);
    std::erase_if(text, [](char c) { return c == '-' || c == ':'; });
    return text;
}

std::string names_of(const std::map<std::string, std::string>& headers)
{
    std::string names;
    for (const auto& [name, value] : headers)
        names += (names.empty() ? "" : ";") + name;
    return names;
}

std::string canonical_request(const SignedRequest& request)
{
    std::string headers;
    for (const auto& [name, value] : request.headers)
        headers += fmt::format("{}:{}\n", name, base::trim(value));
    return fmt::format("{}\n{}\n{}\n{}\n{}\n{}", request.method, request.path, canonical_query(request.query), headers,
        names_of(request.headers), request.sha256);
}

std::string hmac(std::string_view key, std::string_view text)
{
    const base::Sha256 digest = base::hmac_sha256(key, text);
    return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}

} // namespace

std::string canonical_query(const std::map<std::string, std::string>& query)
{
    std::string text;
    for (const auto& [name, value] : query)
        text +=
            fmt::format("{}{}={}", text.empty() ? "" : "&", base::percent_encode(name), base::percent_encode(value));
    return text;
}

void sign(SignedRequest& request, const Credentials& credentials, base::Time now)
{
    const std::string date = compact(now);
    const std::string day = date.substr(0, 8);
    const std::string scope = fmt::format("{}/{}/s3/aws4_request", day, credentials.region);
    request.headers.insert_or_assign("x-amz-content-sha256", request.sha256);
    request.headers.insert_or_assign("x-amz-date", date);
    const std::string text =
        fmt::format("{}\n{}\n{}\n{}", algorithm, date, scope, base::hex(base::sha256(canonical_request(request))));
    std::string key = hmac("AWS4" + std::string(credentials.secret_access_key), day);
    for (const std::string_view part : {credentials.region, std::string_view("s3"), std::string_view("aws4_request")})
        key = hmac(key, part);
    request.headers.insert_or_assign(
        "authorization", fmt::format("{} Credential={}/{},SignedHeaders={},Signature={}", algorithm,
                             credentials.access_key_id, scope, names_of(request.headers), base::hex(hmac(key, text))));
}

} // namespace storage
