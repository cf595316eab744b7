#include "web/english.hpp"

#include "assets/assets.hpp"

namespace web {

std::string_view EnglishHtml::translate(std::string_view message) const
{
    return message;
}

std::string_view EnglishHtml::translate_plural(std::string_view one, std::string_view many, std::uint64_t count) const
{
    return count == 1 ? one : many;
}

std::string_view EnglishHtml::asset_url(std::string_view name) const
{
    return assets::url(name);
}

std::string_view EnglishHtml::icon_paths(assets::Icon icon) const
{
    return assets::icon_paths(icon);
}

std::string_view EnglishHtml::icon_name(assets::Icon icon) const
{
    return assets::icon_name(icon);
}

} // namespace web
