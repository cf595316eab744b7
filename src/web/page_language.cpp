#include "web/page_language.hpp"

#include "assets/assets.hpp"

#include <algorithm>

namespace web {

namespace {

// Unicode's region for languages that are made up for tests.
constexpr std::string_view made_up = "-XA";

LanguageChoice choice_of(const i18n::Language& language)
{
    // Each language says its own name for the first one.
    return {.tag = language.tag(),
        .name = language.say(base::Text("English")),
        .smells_gas = language.say(base::Text("Smell gas?"))};
}

} // namespace

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
        if (!language->tag().ends_with(made_up))
            choices_.push_back(choice_of(*language));
        languages_.push_back(std::make_unique<const PageLanguage>(std::move(language)));
    }
}

const PageLanguage& PageLanguages::preferred(std::string_view accept_language) const
{
    return *languages_.at(i18n::preferred_language(accept_language, tags_));
}

const PageLanguage* PageLanguages::find(std::string_view tag) const
{
    const auto found = std::ranges::find(tags_, tag);
    return found == tags_.end() ? nullptr : languages_[static_cast<std::size_t>(found - tags_.begin())].get();
}

} // namespace web
