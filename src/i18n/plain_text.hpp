#pragma once

#include "base/translatable.hpp"

#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace i18n {

/// What a text template (templates/**/*.txt) writes into: words in one language, where nothing is escaped because
/// nothing is markup. Used by one thread.
class PlainText
{
  public:
    /// `translator` must outlive this object.
    explicit PlainText(const base::Translator& translator) : translator_(translator) {}

    /// Return what was written and leave the buffer empty.
    std::string take() { return std::exchange(buffer_, {}); }

    void raw(std::string_view words) { buffer_.append(words); }

    /// Print a value as it is: text, a whole number, or what has a `to_text()`. A base::Text is said in the language.
    template <class T>
    void text(const T& value)
    {
        if constexpr (std::same_as<T, base::Text>)
            raw(value.say(translator_));
        else if constexpr (std::convertible_to<const T&, std::string_view>)
            raw(value);
        else if constexpr (std::integral<T>)
            raw(std::to_string(value));
        else
            text(to_text(value));
    }

    std::string_view translate(std::string_view message) const { return translator_.translate(message); }

    template <std::integral T>
    std::string_view translate_plural(std::string_view one, std::string_view many, T count) const
    {
        const auto magnitude = static_cast<std::uint64_t>(count);
        return translator_.translate_plural(one, many, std::cmp_less(count, 0) ? 0 - magnitude : magnitude);
    }

    /// Print a translated message; `fill` prints the value of a `{placeholder}` and returns whether it knows it. An
    /// unknown placeholder is printed unchanged.
    template <class Fill>
    void message(std::string_view translated, Fill&& fill)
    {
        while (!translated.empty()) {
            const auto open = translated.find('{');
            const auto close = open == std::string_view::npos ? open : translated.find('}', open);
            if (close == std::string_view::npos)
                break;
            raw(translated.substr(0, open));
            if (!fill(translated.substr(open + 1, close - open - 1)))
                raw(translated.substr(open, close - open + 1));
            translated.remove_prefix(close + 1);
        }
        raw(translated);
    }

  private:
    const base::Translator& translator_;
    std::string buffer_;
};

} // namespace i18n
