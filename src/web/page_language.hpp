#pragma once

#include "i18n/language.hpp"
#include "web/html.hpp"
#include "web/page.hpp"

#include <memory>
#include <vector>

namespace web {

/// A language and the assets built into the binary: what templates need. Immutable, thread-safe.
class PageLanguage final : public HtmlEnvironment
{
  public:
    explicit PageLanguage(std::unique_ptr<const i18n::Language> language) : language_(std::move(language)) {}

    const i18n::Language& language() const { return *language_; }

    std::string_view translate(std::string_view message) const override;
    std::string_view translate_plural(std::string_view one, std::string_view many, std::uint64_t count) const override;
    std::string_view asset_url(std::string_view name) const override;
    std::string_view icon_paths(assets::Icon icon) const override;
    std::string_view icon_name(assets::Icon icon) const override;

  private:
    std::unique_ptr<const i18n::Language> language_;
};

/// The languages of a site, the first of them for whoever asks for none of them. Immutable, thread-safe.
class PageLanguages
{
  public:
    /// `languages` has at least one.
    explicit PageLanguages(std::vector<std::unique_ptr<const i18n::Language>> languages);

    /// The language that a visitor with this Accept-Language header prefers.
    const PageLanguage& preferred(std::string_view accept_language) const;
    /// The language with this tag; null for one that there is not.
    const PageLanguage* find(std::string_view tag) const;
    /// What pages offer: all but the languages of tests.
    const std::vector<LanguageChoice>& choices() const { return choices_; }

  private:
    std::vector<std::unique_ptr<const PageLanguage>> languages_;
    /// Parallel to languages_.
    std::vector<std::string_view> tags_;
    std::vector<LanguageChoice> choices_;
};

} // namespace web
