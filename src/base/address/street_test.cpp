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

TEST(Street, DirectionsAreWrittenInTwoWays)
{
    using base::is_same_address;
    EXPECT_TRUE(is_same_address("12 N Elm St", "12 North Elm Street"));
    EXPECT_TRUE(is_same_address("12 N. Elm St.", "12 north elm street"));
    EXPECT_TRUE(is_same_address("12 Elm St NE, Apt 3", "12 Elm Street Northeast, Apartment 3"));
    EXPECT_TRUE(is_same_address("400 sw 5th ave", "400 Southwest 5th Avenue"));
    EXPECT_TRUE(is_same_address("12 W E Street", "12 West E Street"));
    EXPECT_FALSE(is_same_address("12 N Elm St", "12 S Elm St"));
    EXPECT_FALSE(is_same_address("12 N Elm St", "12 Elm St"));
    EXPECT_FALSE(is_same_address("12 E Street", "12 East Street")) << "two streets in the towns that have both";
    EXPECT_TRUE(is_same_address("12 East Street", "12 East St."));
    EXPECT_FALSE(is_same_address("12 Weston St", "12 Wton St"));
    EXPECT_FALSE(is_same_address("12 Elm St, second floor", "12 Elm St"));
    EXPECT_TRUE(base::is_same_place("12 N Elm St", "12 North Elm Street, back door"));
}

TEST(Street, AnAddressInShortHasItsWordsAndTheirOrder)
{
    EXPECT_EQ(base::shortened_address("12  north elm street., apt 3"), "12 n elm st apt 3");
    EXPECT_EQ(base::shortened_address("12 e street"), "12 e st");
    EXPECT_EQ(base::shortened_address("12 east street"), "12 east st");
    EXPECT_EQ(base::shortened_address("12-14 elm 1/2"), "12-14 elm 1/2");
    EXPECT_EQ(base::shortened_address(" . , "), "");
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
