#include "commands/import_django/source/value.hpp"

#include "base/crypto.hpp"
#include "base/text.hpp"
#include "base/utf8.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace commands::import_django {

namespace {

using std::chrono::microseconds;

constexpr std::size_t most_shown = 60;

bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/// Takes exactly `digits` digits, and the separator before them unless it is zero.
std::optional<int> take_number(std::string_view& text, char separator, std::size_t digits)
{
    const std::size_t skip = separator == '\0' ? 0 : 1;
    if (text.size() < skip + digits || (skip == 1 && text.front() != separator))
        return std::nullopt;
    const std::string_view number = text.substr(skip, digits);
    if (!std::all_of(number.begin(), number.end(), is_digit))
        return std::nullopt;
    text.remove_prefix(skip + digits);
    return static_cast<int>(base::parse_integer(number).value_or(0));
}

std::optional<microseconds> take_day(std::string_view& text)
{
    const auto year = take_number(text, '\0', 4);
    const auto month = year ? take_number(text, '-', 2) : std::nullopt;
    const auto day = month ? take_number(text, '-', 2) : std::nullopt;
    if (!day)
        return std::nullopt;
    const std::chrono::year_month_day date{std::chrono::year(*year), std::chrono::month(static_cast<unsigned>(*month)),
        std::chrono::day(static_cast<unsigned>(*day))};
    if (!date.ok())
        return std::nullopt;
    return std::chrono::sys_days(date).time_since_epoch();
}

std::optional<microseconds> take_clock(std::string_view& text)
{
    const auto hour = take_number(text, '\0', 2);
    const auto minute = hour ? take_number(text, ':', 2) : std::nullopt;
    const auto second = minute ? take_number(text, ':', 2) : std::nullopt;
    if (!second || *hour > 23 || *minute > 59 || *second > 60)
        return std::nullopt;
    return std::chrono::hours(*hour) + std::chrono::minutes(*minute) + std::chrono::seconds(*second);
}

microseconds take_fraction(std::string_view& text)
{
    if (!text.starts_with('.') || text.size() < 2 || !is_digit(text[1]))
        return microseconds(0);
    text.remove_prefix(1);
    std::int64_t value = 0;
    for (std::int64_t unit = 100'000; !text.empty() && is_digit(text.front()); unit /= 10) {
        value += unit * (text.front() - '0');
        text.remove_prefix(1);
    }
    return microseconds(value);
}

/// How far ahead of UTC; nothing when it is no zone.
std::optional<microseconds> parse_zone(std::string_view text)
{
    if (text.empty() || text == "Z")
        return microseconds(0);
    const bool is_behind = text.front() == '-';
    const auto hours = text.front() == '+' || is_behind ? take_number(text, text.front(), 2) : std::nullopt;
    if (!hours)
        return std::nullopt;
    const auto minutes = text.empty() ? 0 : take_number(text, text.front() == ':' ? ':' : '\0', 2);
    if (!minutes || !text.empty())
        return std::nullopt;
    const microseconds ahead = std::chrono::hours(*hours) + std::chrono::minutes(*minutes);
    return is_behind ? -ahead : ahead;
}

} // namespace

std::optional<ParsedTime> parse_time(std::string_view text)
{
    const auto day = take_day(text);
    if (!day)
        return std::nullopt;
    microseconds since = *day;
    bool is_of_a_clock = true;
    if (!text.empty()) {
        if (text.front() != ' ' && text.front() != 'T')
            return std::nullopt;
        text.remove_prefix(1);
        const auto clock = take_clock(text);
        if (!clock)
            return std::nullopt;
        since += *clock + take_fraction(text);
        is_of_a_clock = text.empty();
        const auto zone = parse_zone(text);
        if (!zone)
            return std::nullopt;
        since -= *zone;
    }
    const auto time = std::chrono::floor<std::chrono::milliseconds>(std::chrono::sys_time<microseconds>(since));
    return ParsedTime{.time = time, .is_rounded = time.time_since_epoch() != since, .is_of_a_clock = is_of_a_clock};
}

bool is_true(const Value& value)
{
    const std::string word = base::ascii_lower(value.value_or(""));
    return word == "1" || word == "t" || word == "true" || word == "yes";
}

std::optional<std::int64_t> parse_id(const Value& value)
{
    if (!value)
        return std::nullopt;
    const bool is_negative = value->starts_with('-');
    const auto number = base::parse_integer(std::string_view(*value).substr(is_negative ? 1 : 0));
    return number && is_negative ? std::optional(-*number) : number;
}

std::string storable(std::string_view text)
{
    std::string kept;
    kept.reserve(text.size());
    while (!text.empty()) {
        const base::CodePoint c = base::decode_utf8(text);
        if (c.length == 0)
            base::append_utf8(kept, 0xFFFD);
        else if (c.value != 0)
            kept += text.substr(0, c.length);
        text.remove_prefix(std::max<std::size_t>(c.length, 1));
    }
    return kept;
}

std::string shown(std::string_view text)
{
    std::string out = "\"";
    std::size_t count = 0;
    for (; !text.empty() && count < most_shown; ++count) {
        const base::CodePoint c = base::decode_utf8(text);
        // A terminal obeys them.
        const bool is_obeyed = base::is_control(c.value) || base::is_invisible(c.value);
        if (c.length == 0)
            out += fmt::format("\\x{:02x}", static_cast<unsigned char>(text.front()));
        else if (is_obeyed)
            out += fmt::format("\\u{:04x}", static_cast<std::uint32_t>(c.value));
        else
            out += text.substr(0, c.length);
        text.remove_prefix(std::max<std::size_t>(c.length, 1));
    }
    return out + (text.empty() ? "\"" : "…\"");
}

std::string slug_of(std::string_view words)
{
    std::string slug;
    for (const std::string& word : base::words(words, 20))
        slug += slug.empty() ? word : "-" + word;
    return slug;
}

std::int64_t short_digest(std::string_view text)
{
    const base::Sha256 digest = base::sha256(text);
    std::uint64_t number = 0;
    for (std::size_t i = 0; i < 8; ++i)
        number = number << 8U | digest[i];
    return static_cast<std::int64_t>(number);
}

} // namespace commands::import_django
