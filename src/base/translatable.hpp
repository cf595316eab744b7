#pragma once

#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace base {

/// The English text of a message, which is also its key in a catalogue. Always a literal and always written as
/// MessageId("…") or Text("…"): xgettext finds it by that, so that no message is missing from the catalogues.
class MessageId
{
  public:
    consteval MessageId(const char* literal) : english_(literal) {}

    constexpr std::string_view english() const { return english_; }

  private:
    std::string_view english_;
};

/// Looks messages up in one language. Thread-safe; what it returns lives as long as it and the messages asked for.
class Translator
{
  public:
    virtual ~Translator() = default;
    /// The message in the language, or `message` itself when there is no translation.
    virtual std::string_view translate(std::string_view message) const = 0;
    /// The form for `count` of a message whose English forms are `one` and `many`.
    virtual std::string_view translate_plural(
        std::string_view one, std::string_view many, std::uint64_t count) const = 0;
};

/// A sentence for people before anybody knows in which language it is read: a message and what stands in its
/// {placeholders}. C++ that isn't a command's output makes sentences only as Text; whoever shows one calls say() or
/// prints it from a template.
class Text
{
  public:
    struct Argument;
    using Arguments = std::initializer_list<Argument>;

    /// Says nothing.
    Text() = default;
    explicit Text(MessageId message) : one_(message.english()) {}
    Text(MessageId message, Arguments arguments);
    /// The form for `count`, which stands in {n}.
    static Text plural(MessageId one, MessageId many, std::uint64_t count, Arguments arguments = {});
    /// Somebody's own words, the same in every language: a name, a reference.
    static Text verbatim(std::string words);

    bool empty() const { return one_.empty() && words_.empty(); }
    /// The sentence in the translator's language. A placeholder without an argument stays as it is.
    std::string say(const Translator& translator) const;
    /// The sentence in English, for the log and for tests.
    std::string english() const;

    friend bool operator==(const Text& left, const Text& right) { return left.english() == right.english(); }

  private:
    std::string_view one_;
    std::string_view many_;
    std::uint64_t count_ = 0;
    std::string words_;
    std::vector<Argument> arguments_;
};

/// What stands in one {placeholder}; the name is a literal.
struct Text::Argument
{
    Argument(std::string_view its_name, Text text) : name(its_name), value(std::move(text)) {}
    template <typename Words>
    requires std::convertible_to<Words, std::string_view> Argument(std::string_view its_name, const Words& words)
        : name(its_name), value(Text::verbatim(std::string(std::string_view(words))))
    {}
    template <std::integral Number>
    Argument(std::string_view its_name, Number number) : name(its_name), value(Text::verbatim(std::to_string(number)))
    {}

    std::string_view name;
    Text value;
};

} // namespace base
