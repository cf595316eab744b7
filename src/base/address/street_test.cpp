#include "base/address/street.hpp"

#include <gtest/gtest.h>

TEST(Street, KindsOfStreetsAreWrittenInTwoWays)
{
    EXPECT_EQ(base::other_street_word("rd"), "road");
    EXPECT_EQ(base::other_street_word("lane"), "ln");
    EXPECT_EQ(base::other_street_word("apt"), "apartment");
    for (const char* const word : {"", "n", "west", "elm", "roads"})
        EXPECT_EQ(base::other_street_word(word), "") << word;
}

TEST(Street, APlaceIsTheSameInEitherSpellingAndWithMoreBehindIt)
{
    EXPECT_TRUE(base::is_same_place("12 elm st.", "12 Elm Street"));
    EXPECT_TRUE(base::is_same_place("12 Elm Street, back door", "12 Elm St"));
    EXPECT_TRUE(base::is_same_place("7 Harbor View", "7 Harbor View, Seaport"));
    EXPECT_TRUE(base::is_same_place("Farm", "farm"));
    EXPECT_FALSE(base::is_same_place("12 Elm Street", "14 Elm Street"));
    EXPECT_FALSE(base::is_same_place("12 Elm Street Apt 3", "12 Elm Street Apt 2"));
    EXPECT_FALSE(base::is_same_place("12", "12 Elm Street"));
    EXPECT_FALSE(base::is_same_place("", "12 Elm Street"));
    EXPECT_FALSE(base::is_same_place("", ""));
}
