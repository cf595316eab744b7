#pragma once

#include "base/translatable.hpp"
#include "i18n/plural_rule.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>

namespace i18n {

/// The messages of one language, read from a compiled gettext catalogue (.mo). Immutable, so threads may share it.
/// gettext() itself is avoided because it follows the process's locale, not the visitor's language.
class Catalog final : public base::Translator
{
  public:
    /// No messages: every look-up returns the English text it was asked for.
    Catalog() = default;
    /// Takes the bytes of an .mo file in either byte order; throws std::runtime_error when they are damaged or not
    /// UTF-8.
    explicit Catalog(std::string mo_bytes);

    Catalog(const Catalog&) = delete;
    Catalog& operator=(const Catalog&) = delete;

    /// The translation, or `message` itself; valid as long as both the catalogue and `message` are.
    std::string_view translate(std::string_view message) const override;
    /// The translation for `count`; without one, that of `one` or `many` as a message of its own, by the English rule.
    std::string_view translate_plural(std::string_view one, std::string_view many, std::uint64_t count) const override;

  private:
    std::uint32_t number_at(std::uint64_t offset) const;
    std::string_view string_at(std::uint64_t descriptor) const;
    void read_header(std::string_view header);

    std::string bytes_;
    bool swapped_ = false;
    PluralRule plural_rule_;
    std::unordered_map<std::string_view, std::string_view> messages_;
};

} // namespace i18n
