#include "asset_compiler/icon.hpp"

#include <gtest/gtest.h>

#include <stdexcept>
#include <string>

namespace {

using namespace asset_compiler;

const std::string frame = R"(<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" )"
                          R"(stroke="currentColor" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round">)";

TEST(Icon, DrawingIsWhatIsInsideTheFrame)
{
    const auto icon = parse_icon("x", frame + "\n  <path d=\"M1 1\"/>\n  <path d=\"M2 2\"/>\n</svg>\n");

    EXPECT_EQ(icon.name, "x");
    EXPECT_EQ(icon.paths, R"(<path d="M1 1"/><path d="M2 2"/>)");
}

TEST(Icon, AnotherFrameIsRefused)
{
    EXPECT_THROW(parse_icon("x", "<svg viewBox=\"0 0 48 48\"><path d=\"M1 1\"/></svg>"), std::runtime_error);
    EXPECT_THROW(parse_icon("x", frame + "<path d=\"M1 1\"/>"), std::runtime_error);
    EXPECT_THROW(parse_icon("x", ""), std::runtime_error);
}

TEST(Icon, NameBecomesAnEnumerator)
{
    EXPECT_EQ(enumerator("message-2"), "message_2");
    EXPECT_THROW(enumerator("2-messages"), std::runtime_error);
    EXPECT_THROW(enumerator("a b"), std::runtime_error);
    EXPECT_THROW(enumerator(""), std::runtime_error);
}

} // namespace
