// The manual page and the completion for Bash know what the program knows.

#include "commands/command_line.hpp"
#include "server/settings/settings.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>
#include <regex>
#include <string>
#include <vector>

namespace {

using testing::AnyOf;
using testing::HasSubstr;

std::string text_of(const std::string& file)
{
    std::ifstream stream(GAS_SOURCE_DIR "/packaging/" + file);
    return {std::istreambuf_iterator<char>(stream), {}};
}

/// As groff wants it.
std::string manual(std::string_view text)
{
    return std::regex_replace(std::string(text), std::regex("-"), "\\-");
}

/// What --help lists.
std::vector<std::string> commands()
{
    testing::internal::CaptureStdout();
    const std::array<const char*, 2> arguments{"gas-utility", "--help"};
    commands::read_command_line(static_cast<int>(arguments.size()), arguments.data());
    std::fflush(stdout);
    const std::string help = testing::internal::GetCapturedStdout();
    std::vector<std::string> found;
    const std::string list = help.substr(std::min(help.find("Subcommands:"), help.size()));
    const std::regex name("\n  ([a-z][a-z-]+)");
    for (std::sregex_iterator at(list.begin(), list.end(), name), end; at != end; ++at)
        found.push_back((*at)[1]);
    return found;
}

TEST(Packaging, TheManualPageExplainsEachSetting)
{
    const std::string page = text_of("man/gas-utility.8");
    for (const server::Setting& setting : server::settings())
        EXPECT_THAT(page, HasSubstr(".BR " + std::string(setting.name) + " \" (default: \\fR" +
                                    manual(setting.default_text) + "\\fP)\"\n" + manual(setting.help) + "\n"));
}

TEST(Packaging, TheManualPageAndTheCompletionKnowEachCommand)
{
    const auto names = commands();
    EXPECT_GT(names.size(), 10U);
    const std::string page = text_of("man/gas-utility.8");
    const std::string completion = text_of("completion/gas-utility");
    for (const std::string& name : names) {
        EXPECT_THAT(page, AnyOf(HasSubstr("\n.B " + manual(name) + "\n"), HasSubstr("\n.B " + manual(name) + " "),
                              HasSubstr("\n.BR " + manual(name) + " ")))
            << name;
        EXPECT_TRUE(std::regex_search(completion, std::regex("local commands='[^']*\\b" + name + "\\b"))) << name;
    }
}

/// HAProxy sends it as it is: an editor that ends lines with LF alone makes it no HTTP.
TEST(Packaging, TheHeadOfTheProxysPageEndsItsLinesAsHttpWants)
{
    const std::string page = text_of("haproxy/gas-utility-503.http");
    const std::string head = page.substr(0, page.find("\r\n\r\n"));
    EXPECT_THAT(head, testing::StartsWith("HTTP/1.1 503 Service Unavailable\r\n"));
    EXPECT_THAT(head, HasSubstr("\r\nRetry-After: 10\r\n"));
    EXPECT_EQ(std::ranges::count(head, '\n'), std::ranges::count(head, '\r'));
}

TEST(Packaging, TheCompletionKnowsEachSetting)
{
    const std::string completion = text_of("completion/gas-utility");
    for (const server::Setting& setting : server::settings())
        EXPECT_TRUE(setting.is_secret || std::regex_search(completion, std::regex(setting.flag() + "[ \n']")))
            << setting.flag();
}

} // namespace
