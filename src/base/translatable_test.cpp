#include "base/translatable.hpp"

#include <gtest/gtest.h>

namespace {

using base::Text;

/// Turns every message around its words, so that a sentence shows what was looked up.
class Brackets final : public base::Translator
{
  public:
    std::string_view translate(std::string_view message) const override
    {
        return keep("[" + std::string(message) + "]");
    }
    std::string_view translate_plural(std::string_view one, std::string_view many, std::uint64_t count) const override
    {
        return translate(count == 1 ? one : many);
    }

  private:
    std::string_view keep(std::string text) const
    {
        return *kept_.emplace_back(std::make_unique<std::string>(std::move(text)));
    }
    mutable std::vector<std::unique_ptr<std::string>> kept_;
};

TEST(Text, SaysItsMessageInTheTranslatorsLanguage)
{
    const Text text("Say where it is.");
    EXPECT_EQ(text.english(), "Say where it is.");
    EXPECT_EQ(text.say(Brackets()), "[Say where it is.]");
}

TEST(Text, FillsPlaceholdersWithWordsNumbersAndTexts)
{
    const Text text("{who} sent {count} files, {what}.",
        {{"who", "Mei {count} Chen"}, {"count", std::size_t{3}}, {"what", Text("all of them")}});
    EXPECT_EQ(text.english(), "Mei {count} Chen sent 3 files, all of them.");
    EXPECT_EQ(text.say(Brackets()), "[Mei {count} Chen sent 3 files, [all of them].]");
}

TEST(Text, AnUnknownPlaceholderAndAnOpenBraceStay)
{
    EXPECT_EQ(Text("a {strange} brace {open", {{"known", "x"}}).english(), "a {strange} brace {open");
}

TEST(Text, PluralTakesTheFormOfItsCount)
{
    EXPECT_EQ(Text::plural("Use at least one character.", "Use at least {n} characters.", 1).english(),
        "Use at least one character.");
    EXPECT_EQ(Text::plural("Use at least one character.", "Use at least {n} characters.", 8).say(Brackets()),
        "[Use at least 8 characters.]");
}

TEST(Text, OnesOwnWordsAreNotTranslated)
{
    EXPECT_EQ(Text::verbatim("Say where it is.").say(Brackets()), "Say where it is.");
    EXPECT_TRUE(Text().empty());
    EXPECT_TRUE(Text::verbatim("").empty());
    EXPECT_FALSE(Text("Pending").empty());
}

} // namespace
