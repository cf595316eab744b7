#pragma once

// What the generated sources define and assets.cpp reads. Not for others.

#include "assets/assets.hpp"

#include <span>
#include <string_view>

namespace assets {

struct NamedAsset
{
    std::string_view name;
    std::string_view path;
};

struct NamedIcon
{
    std::string_view name;
    std::string_view paths;
};

/// All files, sorted by path.
extern const std::span<const Asset> assets_by_path;

/// The same files, sorted by the name templates use.
extern const std::span<const NamedAsset> assets_by_name;

/// All icons, in the order of the enum.
extern const std::span<const NamedIcon> icons;

} // namespace assets
