#include "base/translatable.hpp"

#include "base/utf8.hpp"

#include <algorithm>

namespace base {

namespace {

class English final : public Translator
{
  public:
    std::string_view translate(std::string_view message) const override { return message; }
    std::string_view translate_plural(std::string_view one, std::string_view many, std::uint64_t count) const override
    {
        return count == 1 ? one : many;
    }
};

} // namespace

Text::Text(MessageId message, Arguments arguments) : one_(message.english()), arguments_(arguments) {}

Text Text::plural(MessageId one, MessageId many, std::uint64_t count, Arguments arguments)
{
    Text text(one, arguments);
    text.many_ = many.english();
    text.count_ = count;
    text.arguments_.emplace_back("n", count);
    return text;
}

Text Text::verbatim(std::string words)
{
    Text text;
    text.words_ = std::move(words);
    return text;
}

std::string Text::say(const Translator& translator) const
{
    // So that a name that is read from right to left does not move the words around it.
    if (one_.empty())
        return isolated(words_);
    std::string_view left =
        many_.empty() ? translator.translate(one_) : translator.translate_plural(one_, many_, count_);
    std::string said;
    for (auto open = left.find('{'); open != std::string_view::npos; open = left.find('{')) {
        const auto close = left.find('}', open);
        if (close == std::string_view::npos)
            break;
        said += left.substr(0, open);
        const auto name = left.substr(open + 1, close - open - 1);
        const auto argument = std::ranges::find(arguments_, name, &Argument::name);
        if (argument == arguments_.end())
            said += left.substr(open, close - open + 1);
        else
            said += argument->value.say(translator);
        left.remove_prefix(close + 1);
    }
    return said.append(left);
}

std::string Text::english() const
{
    return say(English());
}

} // namespace base
