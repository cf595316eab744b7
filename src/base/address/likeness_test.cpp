#include "base/address/likeness.hpp"

#include <gtest/gtest.h>

TEST(Likeness, APlaceIsPerhapsTheSameWhenOneOfTwoLeavesOutTownZipOrApartment)
{
    using base::is_perhaps_same_place;
    EXPECT_TRUE(is_perhaps_same_place("12 Elm Street", "12 elm st., Aldermere, NY 12999"));
    EXPECT_TRUE(is_perhaps_same_place("12 elm street aldermere", "12 Elm St, Aldermere, NY 12999"));
    EXPECT_TRUE(is_perhaps_same_place("14 Hazel Row", "14 Hazel Row, NY 12999"));
    EXPECT_TRUE(is_perhaps_same_place("14 Hazel Row", "14 hazel row apt 2"));
    EXPECT_TRUE(is_perhaps_same_place("14 Hazel Row, Apt. 2, Aldermere", "14 hazel row, NY 12999-0417"));
    EXPECT_TRUE(is_perhaps_same_place("12 Elm Street, second floor", "12 Elm St, Aldermere"));
    EXPECT_TRUE(is_perhaps_same_place("9 N Mill Lane SW", "9 North Mill Ln Southwest, Aldermere"));
    EXPECT_TRUE(is_perhaps_same_place("9 Mill Lane (account’s address: 12 Elm Street)", "9 Mill Lane"));
}

TEST(Likeness, APlaceIsNeverTheSameInAnotherTownZipHouseStreetOrApartment)
{
    using base::is_perhaps_same_place;
    EXPECT_FALSE(is_perhaps_same_place("12 Elm Street, Millbrook", "12 Elm Street, Aldermere"));
    EXPECT_FALSE(is_perhaps_same_place("12 Elm Street, NY 12545", "12 Elm Street, Aldermere, NY 12999"));
    EXPECT_FALSE(is_perhaps_same_place("12 Elm Street, NY", "12 Elm Street, CT"));
    EXPECT_FALSE(is_perhaps_same_place("12 Elm Street, Apt 2", "12 Elm Street, Apt 3"));
    EXPECT_FALSE(is_perhaps_same_place("12 Elm Street", "14 Elm Street, Aldermere"));
    EXPECT_FALSE(is_perhaps_same_place("12 Elm Street", "12 Elm Avenue, Aldermere"));
    EXPECT_FALSE(is_perhaps_same_place("12 E Street", "12 East Street, Aldermere"));
    EXPECT_FALSE(is_perhaps_same_place("12 N Elm St", "12 Elm St, Aldermere"));
    for (const char* const other : {"", "12", "Elm Street", "corner of Elm and Oak"})
        EXPECT_FALSE(is_perhaps_same_place(other, other)) << other;
}
