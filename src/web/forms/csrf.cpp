#include "web/forms/csrf.hpp"

#include "base/crypto.hpp"
#include "base/text.hpp"

#include <fmt/format.h>
#include <openssl/evp.h>

#include <array>
#include <cstdint>
#include <cstring>
#include <functional>
#include <string>

namespace web {

namespace {

constexpr std::size_t secret_bytes = 15;
// 30 bytes are 40 base64 characters without padding.
constexpr std::size_t token_length = 40;

constexpr char seal_mark = '.';

std::string key_of(std::string_view key, std::string_view user)
{
    return fmt::format("{} {}", key, user);
}

using Secret = std::array<char, secret_bytes>;

Secret secret_of(std::string_view token)
{
    const base::Sha256 digest = base::hmac_sha256(token, "form token");
    Secret secret{};
    std::memcpy(secret.data(), digest.data(), secret.size());
    return secret;
}

/// The same for the sessions and users whose pages this thread draws, and whose forms it takes, again and again.
const Secret& known_secret_of(const std::string& token)
{
    struct Known
    {
        std::string token;
        Secret secret{};
    };
    thread_local std::array<Known, 256> all;
    Known& known = all.at(std::hash<std::string_view>()(token) % all.size());
    if (!base::constant_time_equal(known.token, token))
        known = {.token = token, .secret = secret_of(token)};
    return known.secret;
}

/// Never twice the same, so that compressed pages do not tell it.
std::string masked(const Secret& secret)
{
    std::string bytes = base::random_bytes(secret_bytes);
    for (std::size_t i = 0; i < secret_bytes; ++i)
        bytes.push_back(static_cast<char>(bytes[i] ^ secret[i]));
    return base::base64url(bytes);
}

} // namespace

std::string csrf_token(std::string_view cookie_token)
{
    return masked(known_secret_of(std::string(cookie_token)));
}

bool csrf_token_fits(std::string_view cookie_token, std::string_view token)
{
    token = token.substr(0, token.find(seal_mark));
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
    Secret given{};
    for (std::size_t i = 0; i < secret_bytes; ++i)
        given[i] = static_cast<char>(bytes[i] ^ bytes[secret_bytes + i]);
    const Secret& secret = known_secret_of(std::string(cookie_token));
    return base::constant_time_equal({given.data(), given.size()}, {secret.data(), secret.size()});
}

std::string find_form_key(db::Database& database)
{
    const auto found = [&](db::Connection& db) {
        return db.query("SELECT key FROM service_form_key").first([](const db::Row& row) { return row.string(0); });
    };
    std::string key = found(*database.read()).value_or("");
    if (!key.empty())
        return key;
    return database.write([&](db::Transaction& tx) {
        // Another node may have been faster.
        tx.apply("UPDATE service_form_key SET key = $1 WHERE key = ''", base::random_token());
        return found(tx).value();
    });
}

std::string form_seal(std::string_view key, UserId user)
{
    const std::string id = std::to_string(user.value);
    return fmt::format("{0}{1}{0}{2}", seal_mark, id, masked(known_secret_of(key_of(key, id))));
}

UserId sealed_user(std::string_view key, std::string_view token)
{
    const auto begin = token.find(seal_mark);
    const auto end = token.rfind(seal_mark);
    if (key.empty() || begin == end)
        return {};
    const std::string_view id = token.substr(begin + 1, end - begin - 1);
    const auto user = base::parse_integer(id);
    return user && csrf_token_fits(key_of(key, id), token.substr(end + 1)) ? UserId{*user} : UserId{};
}

} // namespace web
