#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace server {

/// One line of a settings file; a list is written as its items with commas between them.
struct FileSetting
{
    std::string name;
    std::string text;
    unsigned line = 0;
};

/// The settings in a TOML file. Throws UsageError when it cannot be read, is no TOML, or holds what is no text, number,
/// true, false or list of texts.
std::vector<FileSetting> read_config_file(const std::filesystem::path& path);

} // namespace server
