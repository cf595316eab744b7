#include "db/like.hpp"

#include <gmock/gmock.h>

using testing::ElementsAre;
using testing::IsEmpty;

TEST(Like, WildcardsOfTheVisitorMeanThemselves)
{
    EXPECT_EQ(db::like_anywhere("50%_off!"), "%50!%!_off!!%");
}

TEST(Like, EachWordIsAPatternOfItsOwn)
{
    EXPECT_THAT(db::like_words("  Elm\tStreet  12 "), ElementsAre("%elm%", "%street%", "%12%"));
    EXPECT_THAT(db::like_words(" \n "), IsEmpty());
}

TEST(Like, WordsBeyondTheLimitAreLeftOut)
{
    EXPECT_THAT(db::like_words("a b c", 2), ElementsAre("%a%", "%b%"));
}
