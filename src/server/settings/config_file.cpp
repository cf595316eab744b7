#include "server/settings/config_file.hpp"

#include "base/error.hpp"
#include "base/file.hpp"
#include "server/settings/config.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <system_error>
#include <toml++/toml.h>

namespace server {

namespace {

std::string text_of(const toml::node& node, const std::filesystem::path& path)
{
    if (const auto* text = node.as_string())
        return text->get();
    if (const auto* number = node.as_integer())
        return std::to_string(number->get());
    if (const auto* boolean = node.as_boolean())
        return boolean->get() ? "true" : "false";
    const auto* items = node.as_array();
    if (items == nullptr)
        throw UsageError(fmt::format("{}, line {}: expected a text, a whole number, true, false or a list of texts",
            path.string(), node.source().begin.line));
    std::string list;
    for (const toml::node& item : *items) {
        if (!item.is_string())
            throw UsageError(fmt::format(
                "{}, line {}: a list holds texts in quotation marks", path.string(), item.source().begin.line));
        list += (list.empty() ? "" : ",") + item.as_string()->get();
    }
    return list;
}

std::string text_of_file(const std::filesystem::path& path)
{
    constexpr std::size_t most_bytes = std::size_t{1} << 20U;
    try {
        return base::read_file(path, most_bytes);
    } catch (const std::system_error& error) {
        if (error.code() == std::errc::no_such_file_or_directory)
            throw UsageError("the settings file " + path.string() + " does not exist");
        throw UsageError(fmt::format("the settings file {} cannot be read: {}", path.string(), error.code().message()));
    } catch (const base::TooLarge&) {
        throw UsageError(
            fmt::format("the settings file {} cannot be read: it has more than a megabyte", path.string()));
    }
}

} // namespace

std::vector<FileSetting> read_config_file(const std::filesystem::path& path)
{
    toml::table table;
    try {
        table = toml::parse(text_of_file(path), path.string());
    } catch (const toml::parse_error& failure) {
        throw UsageError(fmt::format("the settings file {} cannot be read: line {}: {}", path.string(),
            failure.source().begin.line, failure.description()));
    }
    std::vector<FileSetting> found;
    for (const auto& [key, node] : table)
        found.push_back({std::string(key.str()), text_of(node, path), node.source().begin.line});
    std::ranges::sort(found, {}, &FileSetting::line);
    return found;
}

} // namespace server
