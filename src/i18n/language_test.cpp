#include "i18n/language.hpp"

#include "i18n/site_languages.hpp"
#include "support/test_languages.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

namespace {

std::string_view chosen(std::string_view accept_language)
{
    static const std::vector<std::string_view> tags = {"en", "es-US", "fr"};
    return tags.at(i18n::preferred_language(accept_language, tags));
}

TEST(PreferredLanguage, TheHighestWeightWinsAndTheFirstOfEqualOnes)
{
    EXPECT_EQ(chosen("fr;q=0.5, es-US;q=0.8, en;q=0.1"), "es-US");
    EXPECT_EQ(chosen("fr, es-US"), "fr");
    EXPECT_EQ(chosen("de, ES-us;q=0.3"), "es-US");
}

TEST(PreferredLanguage, ARelatedTagWillDo)
{
    EXPECT_EQ(chosen("es-MX,en;q=0.9"), "es-US");
    EXPECT_EQ(chosen("es"), "es-US");
    EXPECT_EQ(chosen("en-GB"), "en");
}

TEST(PreferredLanguage, WithoutOneOfOursTheDefaultIsShown)
{
    for (const auto* const header :
        {"", "de", "*", "fr;q=0", "fr;q=0.000", "fr;q=x", "fr;level=1", ";;;,,,", "fr;q=-1"})
        EXPECT_EQ(chosen(header), "en") << header;
}

TEST(PreferredLanguage, ALongHeaderIsNotReadToItsEnd)
{
    std::string header;
    for (int i = 0; i < 1000; ++i)
        header += "de,";
    EXPECT_EQ(chosen(header + "fr"), "en");
}

TEST(Language, SaysATextThroughItsCatalogue)
{
    const auto languages = i18n::test_languages();
    ASSERT_EQ(languages.size(), 2U);
    EXPECT_EQ(languages[0]->tag(), "en");
    EXPECT_EQ(languages[1]->tag(), "en-XA");
    const base::Text text("{who} wrote a comment", {{"who", base::Text("A guest")}});
    EXPECT_EQ(languages[0]->say(text), "A guest wrote a comment");
    EXPECT_EQ(languages[1]->say(text), "⟦⟦A guest⟧ wrote a comment⟧");
    EXPECT_THROW(i18n::Language("xx", "not a catalogue"), std::runtime_error);
}

TEST(Language, TheSiteSpeaksEnglishFirst)
{
    EXPECT_EQ(i18n::site_languages().at(0)->tag(), "en");
}

} // namespace
