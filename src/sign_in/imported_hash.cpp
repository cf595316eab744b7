#include "sign_in/imported_hash.hpp"

#include "base/crypto.hpp"
#include "base/text.hpp"
#include "sign_in/turn.hpp"

#include <crypt.h>
#include <openssl/evp.h>
#include <openssl/kdf.h>

#include <array>
#include <bit>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>

namespace sign_in {

namespace {

constexpr std::int64_t most_iterations = 10'000'000;
constexpr std::int64_t least_bcrypt_cost = 4;
constexpr std::int64_t most_bcrypt_cost = 14;
constexpr std::size_t bcrypt_length = 60;
constexpr std::int64_t most_scrypt_bytes = 256 * 1024 * 1024;
constexpr std::int64_t most_scrypt_blocks = 2'097'152;
constexpr std::size_t scrypt_hash_bytes = 64;

/// The text before the next dollar sign, taken away with it; nothing without one.
std::optional<std::string_view> take_field(std::string_view& rest)
{
    const std::size_t dollar = rest.find('$');
    if (dollar == std::string_view::npos)
        return std::nullopt;
    const std::string_view field = rest.substr(0, dollar);
    rest.remove_prefix(dollar + 1);
    return field;
}

std::int64_t take_number(std::string_view& rest)
{
    const auto field = take_field(rest);
    return field ? base::parse_integer(*field).value_or(0) : 0;
}

bool is_base64_of(std::string_view base64, const unsigned char* bytes, std::size_t size)
{
    std::array<unsigned char, 2 * EVP_MAX_MD_SIZE> encoded{};
    const int length = EVP_EncodeBlock(encoded.data(), bytes, static_cast<int>(size));
    return base::constant_time_equal(
        std::string_view(reinterpret_cast<const char*>(encoded.data()), static_cast<std::size_t>(length)), base64);
}

const unsigned char* bytes_of(std::string_view text)
{
    return reinterpret_cast<const unsigned char*>(text.data());
}

/// "pbkdf2_sha256$<iterations>$<salt>$<base64>".
struct Pbkdf2
{
    const EVP_MD* digest = nullptr;
    std::int64_t iterations = 0;
    std::string_view salt;
    std::string_view base64;
};

std::optional<Pbkdf2> parse_pbkdf2(std::string_view stored)
{
    const auto algorithm = take_field(stored);
    const std::int64_t iterations = take_number(stored);
    const auto salt = take_field(stored);
    if (!algorithm || !salt || iterations < 1 || iterations > most_iterations)
        return std::nullopt;
    const EVP_MD* const digest = *algorithm == "pbkdf2_sha256" ? EVP_sha256()
                                 : *algorithm == "pbkdf2_sha1" ? EVP_sha1()
                                                               : nullptr;
    if (digest == nullptr)
        return std::nullopt;
    return Pbkdf2{.digest = digest, .iterations = iterations, .salt = *salt, .base64 = stored};
}

bool is_right_pbkdf2(std::string_view password, const Pbkdf2& stored)
{
    std::array<unsigned char, EVP_MAX_MD_SIZE> hash{};
    const int size = EVP_MD_get_size(stored.digest);
    if (PKCS5_PBKDF2_HMAC(password.data(), static_cast<int>(password.size()), bytes_of(stored.salt),
            static_cast<int>(stored.salt.size()), static_cast<int>(stored.iterations), stored.digest, size,
            hash.data()) != 1)
        throw std::runtime_error("PBKDF2 failed");
    return is_base64_of(stored.base64, hash.data(), static_cast<std::size_t>(size));
}

/// "bcrypt$$2b$12$<salt and hash>", or "bcrypt_sha256$…" of the password's SHA-256 in hexadecimal.
struct Bcrypt
{
    bool is_of_sha256 = false;
    /// From "$2b$" on.
    std::string setting;
};

std::optional<Bcrypt> parse_bcrypt(std::string_view stored)
{
    const auto algorithm = take_field(stored);
    if (!algorithm || (*algorithm != "bcrypt" && *algorithm != "bcrypt_sha256") || stored.size() != bcrypt_length)
        return std::nullopt;
    std::string_view rest = stored.substr(1);
    const auto version = take_field(rest);
    const std::int64_t cost = take_number(rest);
    const bool is_known =
        stored.front() == '$' && version && (*version == "2a" || *version == "2b" || *version == "2y");
    if (!is_known || cost < least_bcrypt_cost || cost > most_bcrypt_cost)
        return std::nullopt;
    return Bcrypt{.is_of_sha256 = *algorithm == "bcrypt_sha256", .setting = std::string(stored)};
}

bool is_right_bcrypt(std::string_view password, const Bcrypt& stored)
{
    const std::string phrase = stored.is_of_sha256 ? base::hex(base::sha256(password)) : std::string(password);
    // Bcrypt ends a password at a zero byte, so that a longer one would be right as well.
    if (phrase.find('\0') != std::string::npos)
        return false;
    const auto memory = std::make_unique<crypt_data>();
    const char* const hash = ::crypt_r(phrase.c_str(), stored.setting.c_str(), memory.get());
    return hash != nullptr && base::constant_time_equal(hash, stored.setting);
}

/// N, salt, r, p and base64, with dollar signs between them.
struct Scrypt
{
    std::int64_t n = 0;
    std::int64_t r = 0;
    std::int64_t p = 0;
    std::string_view salt;
    std::string_view base64;
};

std::optional<Scrypt> parse_scrypt(std::string_view stored)
{
    const auto algorithm = take_field(stored);
    Scrypt parsed{.n = take_number(stored)};
    const auto salt = take_field(stored);
    parsed.r = take_number(stored);
    parsed.p = take_number(stored);
    const auto is_within = [](std::int64_t number) { return number >= 1 && number <= most_scrypt_blocks; };
    if (algorithm != "scrypt" || !salt || !is_within(parsed.n) || !is_within(parsed.r) || !is_within(parsed.p))
        return std::nullopt;
    parsed.salt = *salt;
    parsed.base64 = stored;
    const bool is_power = parsed.n > 1 && std::has_single_bit(static_cast<std::uint64_t>(parsed.n));
    const std::int64_t blocks = parsed.n * parsed.r;
    const bool is_affordable = blocks <= most_scrypt_bytes / 128 && blocks <= most_scrypt_blocks / parsed.p;
    return is_power && is_affordable ? std::optional(parsed) : std::nullopt;
}

bool is_right_scrypt(std::string_view password, const Scrypt& stored)
{
    std::array<unsigned char, scrypt_hash_bytes> hash{};
    // Half as much again for what the library keeps beside the blocks.
    constexpr auto most_memory = static_cast<std::uint64_t>(most_scrypt_bytes + most_scrypt_bytes / 2);
    if (EVP_PBE_scrypt(password.data(), password.size(), bytes_of(stored.salt), stored.salt.size(),
            static_cast<std::uint64_t>(stored.n), static_cast<std::uint64_t>(stored.r),
            static_cast<std::uint64_t>(stored.p), most_memory, hash.data(), hash.size()) != 1)
        throw std::runtime_error("scrypt failed");
    return is_base64_of(stored.base64, hash.data(), hash.size());
}

} // namespace

bool can_check_imported(std::string_view stored)
{
    return parse_pbkdf2(stored) || parse_bcrypt(stored) || parse_scrypt(stored);
}

bool is_right_imported(std::string_view password, std::string_view stored)
{
    const Turn turn;
    if (const auto pbkdf2 = parse_pbkdf2(stored))
        return is_right_pbkdf2(password, *pbkdf2);
    if (const auto bcrypt = parse_bcrypt(stored))
        return is_right_bcrypt(password, *bcrypt);
    if (const auto scrypt = parse_scrypt(stored))
        return is_right_scrypt(password, *scrypt);
    return false;
}

} // namespace sign_in
