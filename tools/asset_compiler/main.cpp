#include "asset_compiler/asset_file.hpp"
#include "asset_compiler/generate.hpp"
#include "asset_compiler/icon.hpp"

#include <exception>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

namespace {

using Arguments = std::span<const std::string>;

std::string read(const std::filesystem::path& path)
{
    std::ifstream in{path, std::ios::binary};
    if (!in) {
        throw std::runtime_error{path.string() + ": cannot be read"};
    }
    return {std::istreambuf_iterator<char>{in}, {}};
}

// An output that stays as it was keeps its time, so nothing that includes it is compiled again.
void write_if_changed(const std::filesystem::path& path, const std::string& text)
{
    if (std::filesystem::exists(path) && read(path) == text) {
        return;
    }
    std::filesystem::create_directories(path.parent_path());
    std::ofstream out{path, std::ios::binary};
    out << text;
    if (!out.flush()) {
        throw std::runtime_error{path.string() + ": cannot be written"};
    }
}

void compile_files(Arguments arguments)
{
    std::vector<asset_compiler::AssetFile> files;
    for (const auto& path : arguments.subspan(1)) {
        files.push_back(asset_compiler::make_asset_file(std::filesystem::path{path}.filename().string(), read(path)));
    }
    write_if_changed(arguments[0], asset_compiler::generate_files(asset_compiler::prepare(std::move(files))));
}

void compile_icons(Arguments arguments)
{
    std::vector<asset_compiler::Icon> icons;
    for (const auto& path : arguments.subspan(2)) {
        icons.push_back(asset_compiler::parse_icon(std::filesystem::path{path}.stem().string(), read(path)));
    }
    write_if_changed(arguments[0], asset_compiler::generate_icon_enum(icons));
    write_if_changed(arguments[1], asset_compiler::generate_icon_table(icons));
}

} // namespace

int main(int count, char** values)
try {
    const std::vector<std::string> all(values + 1, values + count);
    const Arguments arguments{all};
    if (arguments.size() >= 3 && arguments[0] == "files") {
        compile_files(arguments.subspan(1));
    } else if (arguments.size() >= 4 && arguments[0] == "icons") {
        compile_icons(arguments.subspan(1));
    } else {
        std::cerr << "usage: asset_compiler files OUTPUT.cpp FILE...\n"
                     "       asset_compiler icons OUTPUT.hpp OUTPUT.cpp ICON.svg...\n";
        return 2;
    }
    return 0;
} catch (const std::exception& error) {
    std::cerr << "asset_compiler: " << error.what() << '\n';
    return 1;
}
