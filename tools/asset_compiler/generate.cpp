#include "asset_compiler/generate.hpp"

#include "asset_compiler/encode.hpp"

#include <algorithm>
#include <utility>

namespace asset_compiler {

namespace {

constexpr std::string_view header = "// Written by tools/asset_compiler from frontend/; changes here are lost.\n\n";

std::string escaped(unsigned char byte)
{
    // A question mark too, for two of them begin a trigraph.
    if (byte == '"' || byte == '\\' || byte == '?') {
        return {'\\', static_cast<char>(byte)};
    }
    if (byte >= ' ' && byte <= '~') {
        return {static_cast<char>(byte)};
    }
    // Always three digits, so that a digit that follows is not taken into the escape.
    const auto digit = [](int value) { return static_cast<char>('0' + value); };
    return {'\\', digit(byte >> 6), digit((byte >> 3) & 7), digit(byte & 7)};
}

std::string view(std::string_view bytes)
{
    return "{" + string_literal(bytes) + ", " + std::to_string(bytes.size()) + "}";
}

std::string quoted_etag(std::string_view hash, std::string_view suffix)
{
    std::string etag = "\"";
    return etag.append(hash).append(suffix).append("\"");
}

std::string smaller_form(const std::string& encoded, std::string_view plain)
{
    return encoded.size() < plain.size() ? encoded : std::string{};
}

std::string entry(const AssetFile& file)
{
    std::string out = "    {";
    const auto field = [&out](std::string_view name, std::string_view bytes) {
        out.append(".").append(name).append(" = ").append(view(bytes)).append(",\n     ");
    };
    field("path", file.path);
    field("content_type", content_type(file.name));
    field("etag", quoted_etag(file.hash, ""));
    field("gzip_etag", quoted_etag(file.hash, "-gzip"));
    field("brotli_etag", quoted_etag(file.hash, "-br"));
    field("plain", file.bytes);
    field("gzip", smaller_form(gzip(file.bytes), file.bytes));
    field("brotli", smaller_form(brotli(file.bytes), file.bytes));
    return out + "},\n";
}

template <class T>
std::vector<T> sorted(std::vector<T> items, std::string T::*by)
{
    std::ranges::sort(items, {}, by);
    return items;
}

} // namespace

std::string string_literal(std::string_view bytes)
{
    constexpr std::size_t line_length = 100;
    std::string out = "\"";
    std::size_t line_start = 0;
    for (const char byte : bytes) {
        if (out.size() - line_start > line_length) {
            out += "\"\n\"";
            line_start = out.size();
        }
        out += escaped(static_cast<unsigned char>(byte));
    }
    return out + '"';
}

std::string generate_files(const std::vector<AssetFile>& files)
{
    std::string out{header};
    out += "#include \"assets/tables.hpp\"\n\nnamespace assets {\n\nnamespace {\n\nconstexpr Asset by_path[] = {\n";
    const auto in_order = sorted(files, &AssetFile::path);
    for (const auto& file : in_order) {
        out += entry(file);
    }
    out += "};\n\nconstexpr NamedAsset by_name[] = {\n";
    for (const auto& file : sorted(files, &AssetFile::name)) {
        const auto at = std::ranges::find(in_order, file.name, &AssetFile::name) - in_order.begin();
        out += "    {" + view(file.name) + ", by_path[" + std::to_string(at) + "].path},\n";
    }
    out += "};\n\n} // namespace\n\nconst std::span<const Asset> assets_by_path{by_path};\n"
           "const std::span<const NamedAsset> assets_by_name{by_name};\n\n} // namespace assets\n";
    return out;
}

std::string generate_icon_enum(const std::vector<Icon>& icons)
{
    std::string out{header};
    out += "#pragma once\n\n#include <cstdint>\n\nnamespace assets {\n\n"
           "/// The icons of frontend/icons, one for each file.\nenum class Icon : std::uint8_t {\n";
    for (const auto& icon : sorted(icons, &Icon::name)) {
        out += "    " + enumerator(icon.name) + ",\n";
    }
    return out + "};\n\n} // namespace assets\n";
}

std::string generate_icon_table(const std::vector<Icon>& icons)
{
    std::string out{header};
    out += "#include \"assets/tables.hpp\"\n\nnamespace assets {\n\nnamespace {\n\nconstexpr NamedIcon by_icon[] = {\n";
    for (const auto& icon : sorted(icons, &Icon::name)) {
        out += "    {" + view(icon.name) + ",\n     " + view(icon.paths) + "},\n";
    }
    return out + "};\n\n} // namespace\n\nconst std::span<const NamedIcon> icons{by_icon};\n\n} // namespace assets\n";
}

} // namespace asset_compiler
