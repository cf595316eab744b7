#include "sign_in/password.hpp"

#include "base/crypto.hpp"
#include "base/text.hpp"
#include "base/utf8.hpp"
#include "sign_in/imported_hash.hpp"
#include "sign_in/turn.hpp"

#include <argon2.h>

#include <algorithm>
#include <optional>
#include <span>
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
/// Of random bytes that nobody kept: what a password is checked against where there is no user. To make a hash instead
/// takes longer than to check one, by less than a percent, and two hundred tries show it.
constexpr std::string_view nobodys_hash =
    "$argon2id$v=19$m=19456,t=2,p=1$IU444c+8UY6B6dSW7b5KbA$Q41cwzzGDPWRHmstfh++oKjOF10mhFkhhV79vqQsm3M";
static_assert(nobodys_hash.starts_with(current_prefix));
constexpr std::int64_t most_argon2_kibibytes = 262'144;
constexpr std::int64_t most_argon2_passes = 16;
constexpr std::int64_t most_argon2_lanes = 16;

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
    else if (can_check_imported(stored_hash))
        is_right = is_right_imported(password, stored_hash);
    return is_right ? PasswordCheck::RightButOutdated : PasswordCheck::Wrong;
}

} // namespace

bool can_check(std::string_view stored_hash)
{
    const std::string_view argon2 = stored_hash.starts_with("argon2$") ? stored_hash.substr(6) : stored_hash;
    return argon2.starts_with("$argon2id$") ? is_affordable(argon2) : can_check_imported(stored_hash);
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

std::string slow_hash(std::string_view text, std::string_view salt)
{
    std::string hash(hash_bytes, '\0');
    const Turn turn;
    const int result = argon2id_hash_raw(argon2_passes, argon2_kibibytes, argon2_lanes, text.data(), text.size(),
        salt.data(), salt.size(), hash.data(), hash.size());
    if (result != ARGON2_OK)
        throw std::runtime_error(argon2_error_message(result));
    return base::hex(hash);
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

std::string_view kind_of_hash(std::string_view stored_hash)
{
    if (stored_hash.starts_with(current_prefix) || !can_check(stored_hash))
        return {};
    // Of bcrypt and of Argon2 more fields say what it costs: "bcrypt$$2b$12$",
    // "argon2$argon2id$v=19$m=102400,t=2,p=8$".
    const bool is_argon2 = stored_hash.starts_with("argon2$") || stored_hash.starts_with("$argon2id$");
    const bool is_bcrypt = stored_hash.starts_with("bcrypt");
    std::size_t end = 0;
    for (int fields = is_argon2 || is_bcrypt ? 4 : 2; fields > 0; --fields)
        end = stored_hash.find('$', end) + 1;
    return stored_hash.substr(0, end);
}

WorkLeft work_left(const std::optional<std::string>& stored_hash, std::span<const std::string> others)
{
    WorkLeft left{.ours = !(stored_hash && stored_hash->starts_with(current_prefix) && can_check(*stored_hash))};
    const std::string_view own = stored_hash ? kind_of_hash(*stored_hash) : std::string_view();
    for (const std::string& other : others) {
        if (const std::string_view kind = kind_of_hash(other); !kind.empty() && kind != own)
            left.others.push_back(other);
    }
    return left;
}

PasswordCheck check_password_evenly(
    std::string_view password, const std::optional<std::string>& stored_hash, std::span<const std::string> others)
{
    if (password.size() > most_password_bytes)
        return PasswordCheck::Wrong;
    const PasswordCheck result = stored_hash ? check_password(password, *stored_hash) : PasswordCheck::Wrong;
    if (result != PasswordCheck::Wrong)
        return result;
    const WorkLeft left = work_left(stored_hash, others);
    for (const std::string& spelling : spellings_of(password)) {
        if (left.ours)
            static_cast<void>(check_spelling(spelling, nobodys_hash));
        // What they say is of no interest: they are somebody else's.
        for (const std::string_view other : left.others)
            static_cast<void>(check_spelling(spelling, other));
    }
    return result;
}

} // namespace sign_in
