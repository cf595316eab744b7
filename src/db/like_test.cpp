#include "db/like.hpp"

#include <gmock/gmock.h>

namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::string> typed(std::string_view text, std::size_t limit = 8)
{
    std::vector<std::string> patterns;
    for (const db::LikeWord& word : db::like_words(text, limit))
        patterns.push_back(word.as_typed);
    return patterns;
}

} // namespace

TEST(Like, WildcardsOfTheVisitorMeanThemselves)
{
    EXPECT_EQ(db::like_anywhere("50%_off!"), "%50!%!_off!!%");
}

TEST(Like, EachWordIsAPatternOfItsOwn)
{
    EXPECT_THAT(typed("  Elm\tStreet  12 "), ElementsAre("%elm%", "%street%", "%12%"));
    EXPECT_THAT(typed(" \n "), IsEmpty());
}

TEST(Like, WordsBeyondTheLimitAreLeftOut)
{
    EXPECT_THAT(typed("a b c", 2), ElementsAre("%a%", "%b%"));
}

TEST(Like, DigitsBetweenPunctuationAreSoughtInOnePiece)
{
    const auto words = db::like_words("\u202A518.555-0134\u202C Elm");
    ASSERT_EQ(words.size(), 2U);
    EXPECT_EQ(words[0].digits, "%5185550134%");
    EXPECT_EQ(words[1].digits, "");
}

TEST(Like, UmlautsAreSoughtWithTwoLettersToo)
{
    const auto words = db::like_words("Elm Müller");
    ASSERT_EQ(words.size(), 2U);
    EXPECT_EQ(words[0].spelled_out, "");
    EXPECT_EQ(words[1].as_typed, "%muller%");
    EXPECT_EQ(words[1].spelled_out, "%mueller%");
}

TEST(Like, AKindOfStreetIsSoughtInItsOtherSpellingAsAWord)
{
    const auto words = db::like_words("40 Rd.");
    ASSERT_EQ(words.size(), 2U);
    EXPECT_THAT(words[0].street, IsEmpty());
    EXPECT_THAT(words[1].street, ElementsAre("% road %", "% road,%", "% road.%"));
}

TEST(Like, AHouseNumberIsKnown)
{
    for (const std::string_view text : {"12", "12,", "#12"})
        EXPECT_EQ(db::like_words(text).at(0).house_number, "12") << text;
    for (const std::string_view text : {"12a", "12999", "12-14", "Elm", "#", "."})
        EXPECT_EQ(db::like_words(text).at(0).house_number, "") << text;
}

TEST(Like, AnExtensionIsSoughtBesideItsNumber)
{
    EXPECT_THAT(typed("518-555-0134 x204"), ElementsAre("%15185550134%", "%204%"));
}
