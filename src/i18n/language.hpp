#pragma once

#include "i18n/catalog.hpp"
#include "i18n/date_pattern.hpp"

#include <string>

namespace i18n {

/// A language that pages are written in. Immutable, thread-safe.
class Language
{
  public:
    /// English: each message is its own translation.
    Language() : Language("en", {}) {}
    /// `tag` is its BCP 47 name ("es-US") for `lang` and Accept-Language. Throws std::runtime_error when `mo_bytes`,
    /// unless empty, is no compiled gettext catalogue.
    Language(std::string tag, std::string mo_bytes);
    Language(const Language&) = delete;
    Language& operator=(const Language&) = delete;

    const std::string& tag() const { return tag_; }
    const Catalog& catalog() const { return catalog_; }
    const DatePatterns& date_patterns() const { return date_patterns_; }
    std::string say(const base::Text& text) const { return text.say(catalog_); }

  private:
    std::string tag_;
    Catalog catalog_;
    DatePatterns date_patterns_;
};

/// Which of the tags a visitor prefers by an Accept-Language header: its index. An exact tag or one of the same primary
/// language counts, the highest weight first; zero when none does.
std::size_t preferred_language(std::string_view accept_language, const std::vector<std::string_view>& tags);

} // namespace i18n
