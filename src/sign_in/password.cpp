#include "sign_in/password.hpp"

#include "base/crypto.hpp"
#include "base/text.hpp"
#include "base/utf8.hpp"

#include <argon2.h>
#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <optional>
#include <semaphore>
#include <stdexcept>
#include <string>
#include <vector>

namespace sign_in {

namespace {

constexpr std::uint32_t argon2_passes = 2;
constexpr std::uint32_t argon2_kibibytes = 19'456;
constexpr std::uint32_t argon2_lanes = 1;
constexpr std::size_t salt_bytes = 16;
constexpr std::size_t hash_bytes = 32;
constexpr std::string_view current_prefix = "$argon2id$v=19$m=19456,t=2,p=1$";
constexpr std::int64_t most_iterations = 10'000'000;
constexpr std::int64_t most_argon2_kibibytes = 262'144;
constexpr std::int64_t most_argon2_passes = 16;
constexpr std::int64_t most_argon2_lanes = 16;

/// Held while a hash is computed: each takes 19 MiB and a core.
class Turn
{
  public:
    Turn() { turns().acquire(); }
    ~Turn() { turns().release(); }
    Turn(const Turn&) = delete;
    Turn& operator=(const Turn&) = delete;

  private:
    static std::counting_semaphore<2>& turns()
    {
        static std::counting_semaphore<2> semaphore(2);
        return semaphore;
    }
};

/// "pbkdf2_sha256$<iterations>$<salt>$<base64>", as Django stores it.
struct Pbkdf2
{
    const EVP_MD* digest = nullptr;
    std::int64_t iterations = 0;
    std::string_view salt;
    std::string_view base64;
};

std::optional<std::string_view> take_field(std::string_view& rest)
{
    const std::size_t dollar = rest.find('$');
    if (dollar == std::string_view::npos)
        return std::nullopt;
    const std::string_view field = rest.substr(0, dollar);
    rest.remove_prefix(dollar + 1);
    return field;
}

std::optional<Pbkdf2> parse_pbkdf2(std::string_view stored)
{
    const auto algorithm = take_field(stored);
    const auto iterations = take_field(stored);
    const auto salt = take_field(stored);
    if (!algorithm || !iterations || !salt)
        return std::nullopt;
    Pbkdf2 parsed{.iterations = base::parse_integer(*iterations).value_or(0), .salt = *salt, .base64 = stored};
    if (*algorithm == "pbkdf2_sha256")
        parsed.digest = EVP_sha256();
    else if (*algorithm == "pbkdf2_sha1")
        parsed.digest = EVP_sha1();
    if (parsed.digest == nullptr || parsed.iterations < 1 || parsed.iterations > most_iterations)
        return std::nullopt;
    return parsed;
}

bool is_right_pbkdf2(std::string_view password, const Pbkdf2& stored)
{
    std::array<unsigned char, EVP_MAX_MD_SIZE> hash{};
    const int size = EVP_MD_get_size(stored.digest);
    const Turn turn;
    if (PKCS5_PBKDF2_HMAC(password.data(), static_cast<int>(password.size()),
            reinterpret_cast<const unsigned char*>(stored.salt.data()), static_cast<int>(stored.salt.size()),
            static_cast<int>(stored.iterations), stored.digest, size, hash.data()) != 1)
        throw std::runtime_error("PBKDF2 failed");
    std::array<unsigned char, 2 * EVP_MAX_MD_SIZE> base64{};
    const int length = EVP_EncodeBlock(base64.data(), hash.data(), size);
    return base::constant_time_equal(
        std::string_view(reinterpret_cast<const char*>(base64.data()), static_cast<std::size_t>(length)),
        stored.base64);
}

/// Of "$argon2id$v=19$m=65536,t=3,p=4$…": nothing for what is not so.
struct Argon2Cost
{
    std::int64_t kibibytes = 0;
    std::int64_t passes = 0;
    std::int64_t lanes = 0;
};

std::optional<std::int64_t> take_number(std::string_view& rest, std::string_view name)
{
    if (!rest.starts_with(name))
        return std::nullopt;
    rest.remove_prefix(name.size());
    const std::size_t end = std::min(rest.find_first_of(",$"), rest.size());
    const auto number = base::parse_integer(rest.substr(0, end));
    rest.remove_prefix(end);
    return number;
}

std::optional<Argon2Cost> argon2_cost(std::string_view encoded)
{
    const std::size_t memory = encoded.find("$m=");
    if (memory == std::string_view::npos)
        return std::nullopt;
    encoded.remove_prefix(memory);
    const auto kibibytes = take_number(encoded, "$m=");
    const auto passes = take_number(encoded, ",t=");
    const auto lanes = take_number(encoded, ",p=");
    if (!kibibytes || !passes || !lanes)
        return std::nullopt;
    return Argon2Cost{.kibibytes = *kibibytes, .passes = *passes, .lanes = *lanes};
}

/// A hash from elsewhere must not make each guess take gigabytes or minutes.
bool is_affordable(std::string_view encoded)
{
    const auto cost = argon2_cost(encoded);
    return cost && cost->kibibytes <= most_argon2_kibibytes && cost->passes <= most_argon2_passes &&
           cost->lanes <= most_argon2_lanes;
}

bool is_right_argon2(std::string_view password, const std::string& encoded)
{
    if (!is_affordable(encoded))
        return false;
    const Turn turn;
    const int result = argon2id_verify(encoded.c_str(), password.data(), password.size());
    if (result == ARGON2_MEMORY_ALLOCATION_ERROR)
        throw std::bad_alloc();
    return result == ARGON2_OK;
}

/// The spellings of what was typed: NFC, which new hashes are made from, and those that an older one or an imported one
/// may have been made from. One for ASCII. They depend on nothing else, so that the time tells nothing of the user.
std::vector<std::string> spellings_of(std::string_view password)
{
    std::vector<std::string> spellings{base::nfc(password)};
    for (std::string other : {std::string(password), base::nfd(password)}) {
        if (std::ranges::find(spellings, other) == spellings.end())
            spellings.push_back(std::move(other));
    }
    return spellings;
}

PasswordCheck check_spelling(std::string_view password, std::string_view stored_hash)
{
    if (stored_hash.starts_with("$argon2id$")) {
        if (!is_right_argon2(password, std::string(stored_hash)))
            return PasswordCheck::Wrong;
        return stored_hash.starts_with(current_prefix) ? PasswordCheck::Right : PasswordCheck::RightButOutdated;
    }
    // Django writes its own name before the encoded form, in place of the first dollar sign.
    constexpr std::string_view django = "argon2$argon2id$";
    bool is_right = false;
    if (stored_hash.starts_with(django))
        is_right = is_right_argon2(password, std::string(stored_hash.substr(stored_hash.find('$'))));
    else if (const auto pbkdf2 = parse_pbkdf2(stored_hash))
        is_right = is_right_pbkdf2(password, *pbkdf2);
    return is_right ? PasswordCheck::RightButOutdated : PasswordCheck::Wrong;
}

} // namespace

bool can_check(std::string_view stored_hash)
{
    const std::string_view argon2 = stored_hash.starts_with("argon2$") ? stored_hash.substr(6) : stored_hash;
    return argon2.starts_with("$argon2id$") ? is_affordable(argon2) : parse_pbkdf2(stored_hash).has_value();
}

std::string hash_password(std::string_view typed)
{
    const std::string password = base::nfc(typed);
    const std::string salt = base::random_bytes(salt_bytes);
    std::string encoded(
        argon2_encodedlen(argon2_passes, argon2_kibibytes, argon2_lanes, salt_bytes, hash_bytes, Argon2_id), '\0');
    const Turn turn;
    const int result = argon2id_hash_encoded(argon2_passes, argon2_kibibytes, argon2_lanes, password.data(),
        password.size(), salt.data(), salt.size(), hash_bytes, encoded.data(), encoded.size());
    if (result != ARGON2_OK)
        throw std::runtime_error(argon2_error_message(result));
    encoded.resize(encoded.find('\0'));
    return encoded;
}

PasswordCheck check_password(std::string_view password, std::string_view stored_hash)
{
    if (password.size() > most_password_bytes)
        return PasswordCheck::Wrong;
    const std::vector<std::string> spellings = spellings_of(password);
    for (const std::string& spelling : spellings) {
        const PasswordCheck result = check_spelling(spelling, stored_hash);
        if (result != PasswordCheck::Wrong)
            return spelling == spellings.front() ? result : PasswordCheck::RightButOutdated;
    }
    return PasswordCheck::Wrong;
}

void spend_password_check(std::string_view password)
{
    if (password.size() > most_password_bytes)
        return;
    for (const std::string& spelling : spellings_of(password))
        hash_password(spelling);
}

} // namespace sign_in
