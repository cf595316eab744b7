#include "base/crypto.hpp"
#include "base/text.hpp"
#include "notifications/choice.hpp"

#include <fmt/format.h>

namespace notifications {

namespace {

constexpr char part_mark = '-';

std::string seal_of(std::string_view key, std::int64_t user, std::string_view occasion)
{
    const base::Sha256 digest = base::hmac_sha256(key, fmt::format("switch off mail of {} to {}", occasion, user));
    constexpr std::size_t seal_bytes = 16;
    return base::base64url({reinterpret_cast<const char*>(digest.data()), seal_bytes});
}

} // namespace

std::string switch_off_token(std::string_view key, const SwitchOff& what)
{
    return fmt::format(
        "{0}{1}{2}{1}{3}", what.user.value, part_mark, what.occasion, seal_of(key, what.user.value, what.occasion));
}

std::optional<SwitchOff> read_switch_off(std::string_view key, std::string_view token)
{
    const auto first = token.find(part_mark);
    const auto second = first == std::string_view::npos ? first : token.find(part_mark, first + 1);
    const auto user = base::parse_integer(token.substr(0, first));
    if (key.empty() || second == std::string_view::npos || !user)
        return std::nullopt;
    const std::string_view occasion = token.substr(first + 1, second - first - 1);
    const bool is_known = occasion == digest_name || parse_occasion(occasion);
    if (!is_known || !base::constant_time_equal(token.substr(second + 1), seal_of(key, *user, occasion)))
        return std::nullopt;
    return SwitchOff{.user = UserId{*user}, .occasion = std::string(occasion)};
}

} // namespace notifications
