#include "web/forms/csrf.hpp"

#include "base/crypto.hpp"

#include <openssl/evp.h>

#include <array>
#include <cstdint>
#include <cstring>

namespace web {

namespace {

constexpr std::size_t secret_bytes = 15;
// 30 bytes are 40 base64 characters without padding.
constexpr std::size_t token_length = 40;

std::array<char, secret_bytes> secret_of(std::string_view cookie_token)
{
    const base::Sha256 digest = base::hmac_sha256(cookie_token, "form token");
    std::array<char, secret_bytes> secret{};
    std::memcpy(secret.data(), digest.data(), secret.size());
    return secret;
}

} // namespace

std::string csrf_token(std::string_view cookie_token)
{
    const auto secret = secret_of(cookie_token);
    std::string bytes = base::random_bytes(secret_bytes);
    for (std::size_t i = 0; i < secret_bytes; ++i)
        bytes.push_back(static_cast<char>(bytes[i] ^ secret[i]));
    return base::base64url(bytes);
}

bool csrf_token_fits(std::string_view cookie_token, std::string_view token)
{
    if (cookie_token.empty() || token.size() != token_length)
        return false;
    std::string standard(token);
    for (char& c : standard)
        c = c == '-' ? '+' : c == '_' ? '/' : c;
    std::array<unsigned char, 2 * secret_bytes + 3> bytes{};
    const int decoded = EVP_DecodeBlock(
        bytes.data(), reinterpret_cast<const unsigned char*>(standard.data()), static_cast<int>(standard.size()));
    if (decoded != static_cast<int>(2 * secret_bytes))
        return false;
    std::array<char, secret_bytes> given{};
    for (std::size_t i = 0; i < secret_bytes; ++i)
        given[i] = static_cast<char>(bytes[i] ^ bytes[secret_bytes + i]);
    const auto secret = secret_of(cookie_token);
    return base::constant_time_equal({given.data(), given.size()}, {secret.data(), secret.size()});
}

} // namespace web
