#include "oidc/jws.hpp"

#include <utility>

namespace oidc {

namespace {

constexpr std::size_t most_bytes = std::size_t{64} * 1024;

int value_of(char c)
{
    if (c >= 'A' && c <= 'Z')
        return c - 'A';
    if (c >= 'a' && c <= 'z')
        return c - 'a' + 26;
    if (c >= '0' && c <= '9')
        return c - '0' + 52;
    if (c == '-')
        return 62;
    return c == '_' ? 63 : -1;
}

std::optional<base::JsonValue> decode_json(std::string_view part)
{
    const auto text = decode_base64url(part);
    auto json = text ? base::parse_json(*text) : std::nullopt;
    if (!json || std::get_if<base::JsonValue::Object>(&json->value) == nullptr)
        return std::nullopt;
    return json;
}

} // namespace

std::optional<Algorithm> parse_algorithm(std::string_view name)
{
    if (name == "RS256")
        return Algorithm::Rs256;
    return name == "ES256" ? std::optional(Algorithm::Es256) : std::nullopt;
}

std::optional<std::string> decode_base64url(std::string_view text)
{
    std::string bytes;
    bytes.reserve(text.size() * 3 / 4);
    unsigned bits = 0;
    unsigned held = 0;
    for (const char c : text) {
        const int value = value_of(c);
        if (value < 0)
            return std::nullopt;
        bits = (bits << 6U) | static_cast<unsigned>(value);
        held += 6;
        if (held >= 8) {
            held -= 8;
            bytes += static_cast<char>((bits >> held) & 0xffU);
            bits &= (1U << held) - 1;
        }
    }
    return held == 6 || bits != 0 ? std::nullopt : std::optional(std::move(bytes));
}

std::optional<Jws> parse_jws(std::string_view token)
{
    const std::size_t first = token.find('.');
    const std::size_t second = first == std::string_view::npos ? first : token.find('.', first + 1);
    if (second == std::string_view::npos || token.find('.', second + 1) != std::string_view::npos ||
        token.size() > most_bytes)
        return std::nullopt;
    const auto header = decode_json(token.substr(0, first));
    auto payload = decode_json(token.substr(first + 1, second - first - 1));
    auto signature = decode_base64url(token.substr(second + 1));
    if (!header || !payload || !signature || header->find("crit") != nullptr)
        return std::nullopt;
    const auto* algorithm = header->find("alg");
    const auto* key_id = header->find("kid");
    if (algorithm == nullptr || algorithm->text() == nullptr || (key_id != nullptr && key_id->text() == nullptr))
        return std::nullopt;
    return Jws{.algorithm = *algorithm->text(),
        .key_id = key_id == nullptr ? std::string() : *key_id->text(),
        .payload = std::move(*payload),
        .signed_text = std::string(token.substr(0, second)),
        .signature = std::move(*signature)};
}

} // namespace oidc
