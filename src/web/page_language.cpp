#include "web/page_language.hpp"

#include "assets/assets.hpp"

namespace web {

std::string_view PageLanguage::translate(std::string_view message) const
{
    return language_->catalog().translate(message);
}

std::string_view PageLanguage::translate_plural(std::string_view one, std::string_view many, std::uint64_t count) const
{
    return language_->catalog().translate_plural(one, many, count);
}

std::string_view PageLanguage::asset_url(std::string_view name) const
{
    return assets::url(name);
}

std::string_view PageLanguage::icon_paths(assets::Icon icon) const
{
    return assets::icon_paths(icon);
}

std::string_view PageLanguage::icon_name(assets::Icon icon) const
{
    return assets::icon_name(icon);
}

PageLanguages::PageLanguages(std::vector<std::unique_ptr<const i18n::Language>> languages)
{
    for (auto& language : languages) {
        tags_.push_back(language->tag());
        languages_.push_back(std::make_unique<const PageLanguage>(std::move(language)));
    }
}

const PageLanguage& PageLanguages::preferred(std::string_view accept_language) const
{
    return *languages_.at(i18n::preferred_language(accept_language, tags_));
}

} // namespace web
