#include "sign_in/device.hpp"

#include <gtest/gtest.h>

namespace {

std::string words(std::string_view user_agent)
{
    const auto device = sign_in::device_of(user_agent);
    return std::string(device.browser) + " on " + std::string(device.system);
}

TEST(Devices, HaveTheNamesThatPeopleKnow)
{
    EXPECT_EQ(words("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 "
                    "Safari/537.36"),
        "Chrome on Windows");
    EXPECT_EQ(words("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 "
                    "Safari/537.36 Edg/140.0"),
        "Edge on Windows");
    EXPECT_EQ(words("Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
                    "Version/18.5 Mobile/15E148 Safari/604.1"),
        "Safari on iPhone");
    EXPECT_EQ(words("Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/28.0 "
                    "Chrome/130.0 Mobile Safari/537.36"),
        "Samsung Internet on Android");
    EXPECT_EQ(words("Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:140.0) Gecko/20100101 Firefox/140.0"),
        "Firefox on macOS");
}

TEST(Devices, AreNothingThatSomebodyMadeUp)
{
    EXPECT_EQ(words(""), " on ");
    EXPECT_EQ(words("<script>alert(1)</script>"), " on ");
}

} // namespace
