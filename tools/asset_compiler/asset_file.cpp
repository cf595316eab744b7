#include "asset_compiler/asset_file.hpp"

#include "asset_compiler/encode.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>
#include <utility>

namespace asset_compiler {

namespace {

constexpr std::string_view prefix = "/static/";

constexpr std::array<std::pair<std::string_view, std::string_view>, 5> content_types{{
    {".css", "text/css; charset=utf-8"},
    {".js", "text/javascript; charset=utf-8"},
    {".svg", "image/svg+xml"},
    {".woff2", "font/woff2"},
    {".png", "image/png"},
}};

std::string served_path(std::string_view name, std::string_view hash)
{
    const auto dot = name.rfind('.');
    if (dot == std::string_view::npos) {
        throw std::runtime_error{std::string{name} + ": a served file needs an ending such as .css"};
    }
    std::string path{prefix};
    path.append(name.substr(0, dot)).append(".").append(hash).append(name.substr(dot));
    return path;
}

const AssetFile& file_named(std::string_view name, const std::vector<AssetFile>& files)
{
    const auto found = std::ranges::find(files, name, &AssetFile::name);
    if (found == files.end()) {
        throw std::runtime_error{
            "a style sheet refers to /static/" + std::string{name} + ", which is not among the files"};
    }
    return *found;
}

bool is_style_sheet(const AssetFile& file)
{
    return file.name.ends_with(".css");
}

} // namespace

AssetFile make_asset_file(std::string name, std::string bytes)
{
    AssetFile file;
    file.hash = sha256_hex(bytes).substr(0, 10);
    file.path = served_path(name, file.hash);
    file.name = std::move(name);
    file.bytes = std::move(bytes);
    return file;
}

std::string_view content_type(std::string_view name)
{
    for (const auto& [ending, type] : content_types) {
        if (name.ends_with(ending)) {
            return type;
        }
    }
    throw std::runtime_error{std::string{name} + ": add the media type of this ending to asset_file.cpp"};
}

std::string rewrite_references(std::string_view css, const std::vector<AssetFile>& files)
{
    std::string out;
    for (auto at = css.find(prefix); at != std::string_view::npos; at = css.find(prefix)) {
        const auto rest = css.substr(at + prefix.size());
        const auto name = rest.substr(0, rest.find_first_of("\"')?# "));
        out.append(css.substr(0, at)).append(file_named(name, files).path);
        css = rest.substr(name.size());
    }
    return out.append(css);
}

std::vector<AssetFile> prepare(std::vector<AssetFile> files)
{
    // Style sheets name other files by their hashes, so those come first.
    std::ranges::stable_partition(files, [](const AssetFile& file) { return !is_style_sheet(file); });
    for (auto& file : files) {
        if (std::ranges::count(files, file.name, &AssetFile::name) > 1) {
            throw std::runtime_error{file.name + ": two files have this name"};
        }
        content_type(file.name);
        if (is_style_sheet(file)) {
            file = make_asset_file(file.name, rewrite_references(file.bytes, files));
        }
    }
    return files;
}

} // namespace asset_compiler
