// README's table of settings is the program's own.

#include "server/settings/settings.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <string>
#include <vector>

namespace {

/// The rows of the table whose first column is headed "setting", without head and rule.
std::vector<std::string> rows_of_readme()
{
    std::ifstream readme(GAS_SOURCE_DIR "/README.md");
    std::vector<std::string> rows;
    bool is_inside = false;
    for (std::string line; std::getline(readme, line);) {
        if (line.starts_with("| setting |"))
            is_inside = true;
        else if (!line.starts_with('|'))
            is_inside = false;
        else if (is_inside && !line.starts_with("|-"))
            rows.push_back(line);
    }
    return rows;
}

TEST(Readme, ListsEachSettingWithItsDefault)
{
    std::vector<std::string> rows;
    for (const server::Setting& setting : server::settings())
        rows.push_back(fmt::format("| `{}` | `{}` | {} |", setting.name, setting.default_text, setting.help));

    EXPECT_EQ(rows_of_readme(), rows);
}

} // namespace
