#include "commands/demo/vocabulary.hpp"

#include "base/text.hpp"

#include <array>
#include <cstddef>
#include <stdexcept>

namespace commands::demo {

Vocabulary::Vocabulary(std::string_view text)
{
    std::vector<std::string_view>* lines = nullptr;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        const std::string_view line = base::trim(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
        if (line.starts_with('[') && line.ends_with(']'))
            lines = &sections_[std::string(line.substr(1, line.size() - 2))];
        else if (!line.empty() && lines != nullptr)
            lines->push_back(line);
    }
}

const std::vector<std::string_view>& Vocabulary::section(std::string_view name) const
{
    const auto found = sections_.find(name);
    if (found == sections_.end() || found->second.empty())
        throw std::out_of_range("seeds/ has no section [" + std::string(name) + "]");
    return found->second;
}

namespace {

std::string ordinal(int number)
{
    const bool is_teen = number / 10 == 1;
    const int last = number % 10;
    const char* ending = is_teen || last > 3 || last == 0 ? "th" : last == 1 ? "st" : last == 2 ? "nd" : "rd";
    return std::to_string(number) + ending;
}

/// A number as it fits what is counted.
std::string in_words(std::string_view slot, int number)
{
    constexpr std::array few = {"two", "three", "four"};
    constexpr int coldest = 46;
    constexpr int first_year = 1995;
    if (slot == "few")
        return few.at(static_cast<std::size_t>(number) % few.size());
    if (slot == "day")
        return ordinal(number);
    if (slot == "degrees")
        return std::to_string(coldest + number % 12);
    if (slot == "year")
        return std::to_string(first_year + number);
    return std::to_string(number);
}

} // namespace

std::string Vocabulary::filled(std::string_view slot, Random& random) const
{
    if (slot == "number" || slot == "few" || slot == "day" || slot == "degrees" || slot == "year")
        return in_words(slot, static_cast<int>(random.between(2, 28)));
    if (slot == "code")
        return std::to_string(random.between(70, 99));
    if (slot == "hour")
        return std::to_string(random.between(2, 5));
    return std::string(random.pick(section(slot)));
}

std::string Vocabulary::sentence(std::string_view section_name, Random& random) const
{
    std::string_view rest = random.pick(section(section_name));
    std::string sentence;
    for (;;) {
        const std::size_t open = rest.find('{');
        const std::size_t close = rest.find('}', open);
        if (open == std::string_view::npos || close == std::string_view::npos)
            return sentence += rest;
        sentence += rest.substr(0, open);
        sentence += filled(rest.substr(open + 1, close - open - 1), random);
        rest.remove_prefix(close + 1);
    }
}

} // namespace commands::demo
