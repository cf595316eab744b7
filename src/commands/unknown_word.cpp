#include "commands/unknown_word.hpp"

#include "server/settings/nearest.hpp"
#include "server/settings/settings.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

namespace commands {

namespace {

std::string say(std::string_view what, const std::string& typed, const std::vector<std::string>& known)
{
    const std::string nearest = server::nearest_name(typed, known);
    return fmt::format("unknown {} \"{}\"{}", what, typed,
        nearest.empty() ? std::string() : fmt::format("; did you mean \"{}\"?", nearest));
}

std::string about_option(const std::string& word, const UnreadLine& line)
{
    const std::string typed = word.substr(0, word.find('='));
    const auto secret = std::ranges::find_if(server::settings(),
        [&](const server::Setting& setting) { return setting.is_secret && setting.flag() == typed; });
    if (secret == server::settings().end())
        return say("option", typed, line.options);
    return fmt::format(
        "{} is no option, because everybody on this machine could read it; use {}", typed, secret->variable());
}

std::string about_command(const std::string& word, const UnreadLine& line)
{
    if (line.commands.empty())
        return fmt::format("unexpected \"{}\" after \"{}\"", word, line.command);
    return say("command", word, line.commands);
}

} // namespace

std::string unknown_word(const UnreadLine& line)
{
    if (line.words.empty())
        return {};
    // What follows an unknown option is most likely its value.
    const auto option = std::ranges::find_if(line.words, [](std::string_view word) { return word.starts_with('-'); });
    const std::string wrong =
        option != line.words.end() ? about_option(*option, line) : about_command(line.words.front(), line);
    return fmt::format("{}\n\"{} --help\" lists what there is.", wrong, line.command);
}

} // namespace commands
