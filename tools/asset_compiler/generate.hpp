#pragma once

// Writes the C++ that puts files and icons into the server's binary. The tables it fills are declared in
// src/assets/tables.hpp.

#include "asset_compiler/asset_file.hpp"
#include "asset_compiler/icon.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace asset_compiler {

/// The bytes as a C++ string literal, quotes included, broken into lines.
std::string string_literal(std::string_view bytes);

/// Source that defines the tables of served files, each plain and in the encodings that make it smaller.
std::string generate_files(const std::vector<AssetFile>& files);

/// Header that declares enum class assets::Icon.
std::string generate_icon_enum(const std::vector<Icon>& icons);

/// Source that defines the table of icons, in the order of the enum.
std::string generate_icon_table(const std::vector<Icon>& icons);

} // namespace asset_compiler
