#include "jobs/pace.hpp"

#include <gtest/gtest.h>

namespace {

using namespace std::chrono_literals;
using jobs::Pace;

constexpr Pace::Clock::time_point noon{1h};

TEST(Pace, WhatComesAloneBeginsAtOnce)
{
    Pace pace(4);
    EXPECT_EQ(pace.take(noon), noon);
    EXPECT_EQ(pace.take(noon + 250ms), noon + 250ms);
    EXPECT_EQ(pace.take(noon + 10s), noon + 10s);
}

TEST(Pace, WhatComesTogetherIsSpreadOut)
{
    Pace pace(4);
    EXPECT_EQ(pace.take(noon), noon);
    EXPECT_EQ(pace.take(noon), noon + 250ms);
    EXPECT_EQ(pace.take(noon), noon + 500ms);
    EXPECT_EQ(pace.take(noon + 100ms), noon + 750ms);
}

TEST(Pace, TimeWithoutWorkIsNotSavedUp)
{
    Pace pace(4);
    pace.take(noon);
    EXPECT_EQ(pace.take(noon + 1h), noon + 1h);
    EXPECT_EQ(pace.take(noon + 1h), noon + 1h + 250ms);
}

} // namespace
