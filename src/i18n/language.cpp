#include "i18n/language.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <cctype>
#include <optional>

namespace i18n {

namespace {

// A header of ours is at most 16 KiB; nobody reads more languages than this.
constexpr int most_choices = 20;

struct Choice
{
    std::string_view tag;
    /// Thousandths, 0 to 1000.
    int weight = 1000;
};

/// "0.8" as 800; what is no weight counts as refused.
int read_weight(std::string_view text)
{
    if (text.empty() || text.size() > 5 || (text[0] != '0' && text[0] != '1') || (text.size() > 1 && text[1] != '.'))
        return 0;
    int weight = (text[0] - '0') * 1000;
    int unit = 100;
    for (const char digit : text.substr(std::min<std::size_t>(2, text.size()))) {
        if (digit < '0' || digit > '9')
            return 0;
        weight += (digit - '0') * unit;
        unit /= 10;
    }
    return std::min(weight, 1000);
}

Choice read_choice(std::string_view part)
{
    const auto semicolon = part.find(';');
    Choice choice{.tag = base::trim(part.substr(0, semicolon))};
    if (semicolon == std::string_view::npos)
        return choice;
    const std::string_view parameter = base::trim(part.substr(semicolon + 1));
    choice.weight = parameter.starts_with("q=") ? read_weight(parameter.substr(2)) : 0;
    return choice;
}

bool is_equal(std::string_view left, std::string_view right)
{
    return std::ranges::equal(
        left, right, [](unsigned char a, unsigned char b) { return std::tolower(a) == std::tolower(b); });
}

std::string_view primary(std::string_view tag)
{
    return tag.substr(0, tag.find('-'));
}

std::optional<std::size_t> find_tag(std::string_view wanted, const std::vector<std::string_view>& tags)
{
    const auto exact = std::ranges::find_if(tags, [&](std::string_view tag) { return is_equal(tag, wanted); });
    if (exact != tags.end())
        return static_cast<std::size_t>(exact - tags.begin());
    const auto related =
        std::ranges::find_if(tags, [&](std::string_view tag) { return is_equal(primary(tag), primary(wanted)); });
    if (related != tags.end())
        return static_cast<std::size_t>(related - tags.begin());
    return std::nullopt;
}

} // namespace

Language::Language(std::string tag, std::string mo_bytes)
    : tag_(std::move(tag)),
      catalog_(mo_bytes.empty() ? Catalog() : Catalog(std::move(mo_bytes))),
      date_patterns_(catalog_)
{}

std::size_t preferred_language(std::string_view accept_language, const std::vector<std::string_view>& tags)
{
    std::size_t best = 0;
    int best_weight = 0;
    for (int read = 0; !accept_language.empty() && read < most_choices; ++read) {
        const auto comma = accept_language.find(',');
        const Choice choice = read_choice(accept_language.substr(0, comma));
        accept_language.remove_prefix(comma == std::string_view::npos ? accept_language.size() : comma + 1);
        const auto found = choice.weight > best_weight ? find_tag(choice.tag, tags) : std::nullopt;
        if (found) {
            best = *found;
            best_weight = choice.weight;
        }
    }
    return best;
}

} // namespace i18n
