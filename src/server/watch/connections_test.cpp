#include "server/watch/connections.hpp"

#include <gmock/gmock.h>

namespace {

using testing::AllOf;
using testing::HasSubstr;

TEST(Connections, LeaveRoomForFilesWhateverTheLimit)
{
    const server::Config config;
    for (const std::uint64_t descriptors : {256, 1024, 4096, 16384}) {
        const auto budget = server::affordable_connections(config, descriptors);
        EXPECT_LE(budget.connections * 3 / 2 + config.io_threads * budget.parting, descriptors) << descriptors;
        EXPECT_GE(budget.connections, descriptors / 5) << descriptors;
        EXPECT_GE(budget.parting, 2U);
    }
}

TEST(Connections, AreThoseOfTheSettingWhenTheLimitIsHigh)
{
    server::Config config;
    EXPECT_EQ(server::affordable_connections(config, 65536).connections, config.connections);
    EXPECT_EQ(server::affordable_connections(config, 65536).parting, 256U);
    config.connections = 20;
    EXPECT_EQ(server::affordable_connections(config, 1024).connections, 20U);
}

TEST(Connections, SomeAreServedWithTheLowestLimit)
{
    EXPECT_EQ(server::affordable_connections({}, 32).connections, 16U);
}

TEST(Connections, RefusedOnesAreLoggedOnceAMinute)
{
    server::RefusalNotes notes;
    testing::internal::CaptureStderr();
    for (int i = 0; i < 50; ++i)
        notes.note({"203.0.113.7", http::ConnectionLimit::OfAddress});
    notes.note({"203.0.113.7", http::ConnectionLimit::OfAll});
    const std::string log = testing::internal::GetCapturedStderr();

    EXPECT_THAT(log, AllOf(HasSubstr("connections_per_address, the last of 203.0.113.7;"),
                         HasSubstr("refused 1 connections because of connections (")));
    EXPECT_EQ(std::count(log.begin(), log.end(), '\n'), 4) << "each with its line of the security log";
}

} // namespace
