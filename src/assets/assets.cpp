#include "assets/assets.hpp"

#include "assets/tables.hpp"

#include <algorithm>
#include <stdexcept>
#include <string>

namespace assets {

const Asset* find(std::string_view path) noexcept
{
    const auto found = std::ranges::lower_bound(assets_by_path, path, {}, &Asset::path);
    return found != assets_by_path.end() && found->path == path ? &*found : nullptr;
}

std::string_view url(std::string_view name)
{
    const auto found = std::ranges::lower_bound(assets_by_name, name, {}, &NamedAsset::name);
    if (found == assets_by_name.end() || found->name != name) {
        throw std::logic_error{"no asset is named " + std::string{name}};
    }
    return found->path;
}

std::size_t icon_count() noexcept
{
    return icons.size();
}

std::string_view icon_name(Icon icon) noexcept
{
    return icons[static_cast<std::size_t>(icon)].name;
}

std::optional<Icon> find_icon(std::string_view name) noexcept
{
    // The enum is in the order of the names.
    const auto found = std::ranges::lower_bound(icons, name, {}, &NamedIcon::name);
    if (found == icons.end() || found->name != name) {
        return std::nullopt;
    }
    return static_cast<Icon>(found - icons.begin());
}

std::string_view icon_paths(Icon icon) noexcept
{
    return icons[static_cast<std::size_t>(icon)].paths;
}

} // namespace assets
