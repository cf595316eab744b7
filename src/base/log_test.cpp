#include "base/log.hpp"

#include <algorithm>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <string>
#include <thread>
#include <vector>

namespace {

using testing::EndsWith;
using testing::HasSubstr;
using testing::MatchesRegex;

std::string written(void (*write)(std::string_view), std::string_view text)
{
    testing::internal::CaptureStderr();
    write(text);
    return testing::internal::GetCapturedStderr();
}

class Log : public testing::Test
{
  protected:
    void TearDown() override
    {
        base::log::set_level(base::log::Level::Info);
        base::log::set_format(base::log::Format::Text);
    }
};

TEST_F(Log, LineHasTheTimeInUtcTheLevelAndTheText)
{
    EXPECT_THAT(written(base::log::info, "listening on 127.0.0.1:8000"),
        MatchesRegex("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\\.[0-9]{3}Z info "
                     "listening on 127\\.0\\.0\\.1:8000\n"));
    EXPECT_THAT(written(base::log::warning, "slow"), EndsWith("Z warning slow\n"));
    EXPECT_THAT(written(base::log::error, "broken {} %v"), EndsWith("Z error broken {} %v\n"));
}

TEST_F(Log, VisitorCannotForgeALine)
{
    const std::string line = written(base::log::info, "name=Mei\r\n2026 error \x1B[2J\t\x7F\\n");
    EXPECT_THAT(line, EndsWith("name=Mei\\r\\n2026 error \\x1b[2J\\t\\x7f\\\\n\n"));
    EXPECT_EQ(std::count(line.begin(), line.end(), '\n'), 1);
    EXPECT_THAT(written(base::log::info, "\u2028\u202E\u0085"), EndsWith(" \\u2028\\u202e\\u0085\n"));
}

TEST_F(Log, TextInUtf8IsKeptAndOtherBytesAreEscaped)
{
    EXPECT_THAT(written(base::log::info, "Nu\u00F1ez \U0001F525"), EndsWith("Nu\u00F1ez \U0001F525\n"));
    EXPECT_THAT(written(base::log::info, std::string_view("a\0\x9B\xC3", 4)), EndsWith("a\\x00\\x9b\\xc3\n"));
}

TEST_F(Log, LinesBelowTheLevelAreDropped)
{
    base::log::set_level(base::log::Level::Warning);
    EXPECT_EQ(written(base::log::info, "noise"), "");
    EXPECT_THAT(written(base::log::warning, "heard"), HasSubstr("heard"));
    base::log::set_level(base::log::Level::Error);
    EXPECT_EQ(written(base::log::warning, "noise"), "");
    EXPECT_THAT(written(base::log::error, "heard"), HasSubstr("heard"));
}

TEST_F(Log, LinesOfARequestCarryItsId)
{
    const base::log::RequestScope scope("Ab3dE_x9");
    EXPECT_THAT(written(base::log::warning, "slow"), EndsWith("Z warning request Ab3dE_x9: slow\n"));
    {
        const base::log::RequestScope inner("other");
        EXPECT_EQ(base::log::current_request(), "other");
    }
    std::thread([] { EXPECT_EQ(base::log::current_request(), ""); }).join();
    EXPECT_EQ(base::log::current_request(), "Ab3dE_x9");
    base::log::set_format(base::log::Format::Json);
    EXPECT_THAT(
        written(base::log::error, "gone"), EndsWith(R"(Z","level":"error","message":"gone","request_id":"Ab3dE_x9"})"
                                                    "\n"));
}

TEST_F(Log, JsonLineIsOneObjectThatNobodyCanForge)
{
    base::log::set_format(base::log::Format::Json);
    EXPECT_THAT(written(base::log::info, "listening"),
        MatchesRegex("\\{\"time\":\"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\\.[0-9]{3}Z\","
                     "\"level\":\"info\",\"message\":\"listening\"\\}\n"));
    const std::string line = written(base::log::info, "a\"}\n{\\ \xE2\x80\xA8 \xF3\xA0\x81\x81 \xFF Nu\xC3\xB1"
                                                      "ez {} %v");
    EXPECT_EQ(std::count(line.begin(), line.end(), '\n'), 1);
    EXPECT_THAT(line, HasSubstr(R"("message":"a\"}\u000a{\\ \u2028 \udb40\udc41 \ufffd Nu)"
                                "\xC3\xB1"
                                R"(ez {} %v"})"));
}

TEST_F(Log, LinesOfSeveralThreadsDoNotMix)
{
    testing::internal::CaptureStderr();
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t) {
        threads.emplace_back([] {
            for (int i = 0; i < 100; ++i) {
                base::log::info(std::string(100, 'x'));
            }
        });
    }
    for (auto& thread : threads) {
        thread.join();
    }
    const std::string output = testing::internal::GetCapturedStderr();
    const std::size_t line_length = std::string_view("2026-11-22T12:00:00.000Z info \n").size() + 100;
    ASSERT_EQ(output.size(), 400 * line_length);
    for (std::size_t at = line_length - 1; at < output.size(); at += line_length) {
        ASSERT_EQ(output[at], '\n');
    }
}

} // namespace
