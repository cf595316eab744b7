#include "sign_in/factor/totp.hpp"

#include "base/crypto.hpp"
#include "base/url_encoding.hpp"
#include "sign_in/factor/typed_code.hpp"

#include <fmt/format.h>
#include <liboath/oath.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdlib>
#include <ctime>
#include <memory>
#include <stdexcept>

namespace sign_in {

namespace {

constexpr std::chrono::seconds step_length{30};
constexpr std::size_t digits_of_a_code = 6;
constexpr unsigned most_digits = 8;

using Allocated = std::unique_ptr<char, decltype(&std::free)>;

void require(int result)
{
    if (result != OATH_OK)
        throw std::runtime_error(fmt::format("liboath: {}", oath_strerror(result)));
}

std::string bytes_of(std::string_view base32)
{
    char* bytes = nullptr;
    std::size_t length = 0;
    require(oath_base32_decode(base32.data(), base32.size(), &bytes, &length));
    const Allocated owned(bytes, &std::free);
    return {bytes, length};
}

bool is_code_of(std::string_view secret, std::int64_t step, std::string_view typed)
{
    const std::string code = letters_of_code(typed);
    return code.size() == digits_of_a_code && base::constant_time_equal(totp_code(secret, step), code);
}

} // namespace

std::string base32(std::string_view bytes)
{
    char* encoded = nullptr;
    std::size_t length = 0;
    require(oath_base32_encode(bytes.data(), bytes.size(), &encoded, &length));
    const Allocated owned(encoded, &std::free);
    std::string text(encoded, length);
    text.resize(std::min(text.find('='), text.size()));
    return text;
}

std::int64_t totp_step(base::Time now)
{
    return std::chrono::floor<std::chrono::seconds>(now.time_since_epoch()) / step_length;
}

std::string totp_code(std::string_view secret, std::int64_t step, unsigned digits)
{
    const std::string key = bytes_of(secret);
    std::array<char, most_digits + 1> code{};
    const auto at = static_cast<std::time_t>(step * step_length.count());
    require(oath_totp_generate(key.data(), key.size(), at, static_cast<unsigned>(step_length.count()),
        OATH_TOTP_DEFAULT_START_TIME, std::min(digits, most_digits), code.data()));
    return code.data();
}

std::optional<std::int64_t> find_totp_step(std::string_view secret, std::string_view typed, base::Time now)
{
    const std::int64_t step = totp_step(now);
    return is_code_of(secret, step, typed) ? std::optional(step) : std::nullopt;
}

bool has_just_expired(std::string_view secret, std::string_view typed, base::Time now)
{
    return is_code_of(secret, totp_step(now) - 1, typed);
}

std::string totp_uri(const TotpLabel& label, std::string_view secret)
{
    const std::string site = base::percent_encode(label.site);
    return fmt::format(
        "otpauth://totp/{0}:{1}?secret={2}&issuer={0}", site, base::percent_encode(label.username), secret);
}

} // namespace sign_in
