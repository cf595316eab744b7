#include "server/watch/service_manager.hpp"

#include "base/file.hpp"
#include "db/testing.hpp"
#include "server/watch/watchdog.hpp"
#include "support/test_database.hpp"

#include <gmock/gmock.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>

namespace {

using namespace std::chrono_literals;
using testing::AllOf;
using testing::HasSubstr;
using testing::StartsWith;

/// systemd's end.
class Manager
{
  public:
    explicit Manager(const std::string& name) : socket_(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0))
    {
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        name.copy(&address.sun_path[0], name.size());
        if (name.starts_with('@'))
            address.sun_path[0] = '\0';
        const auto length = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + name.size());
        if (::bind(socket_.get(), reinterpret_cast<const sockaddr*>(&address), length) != 0)
            throw std::runtime_error("cannot bind");
    }
    /// The next message; empty when none comes in time.
    std::string hear(std::chrono::milliseconds patience) const
    {
        pollfd poll{.fd = socket_.get(), .events = POLLIN, .revents = 0};
        if (::poll(&poll, 1, static_cast<int>(patience.count())) != 1)
            return {};
        std::array<char, 4096> text{};
        const ssize_t got = ::recv(socket_.get(), text.data(), text.size(), 0);
        return {text.data(), static_cast<std::size_t>(std::max<ssize_t>(got, 0))};
    }

  private:
    base::Descriptor socket_;
};

TEST(ServiceManager, TellsWhatSystemdUnderstands)
{
    const support::TemporaryDirectory directory;
    for (const std::string& name :
        {(directory.path() / "notify").string(), "@gas-utility-" + std::to_string(::getpid())}) {
        const Manager manager(name);
        server::ServiceManager told(name, std::nullopt);

        told.ready("Serving on port 8000");
        EXPECT_EQ(manager.hear(1s), "READY=1\nSTATUS=Serving on port 8000");
        told.reloading();
        EXPECT_THAT(manager.hear(1s), StartsWith("RELOADING=1\nMONOTONIC_USEC="));
        told.stopping(320s);
        EXPECT_THAT(manager.hear(1s), AllOf(StartsWith("STOPPING=1\n"), HasSubstr("\nEXTEND_TIMEOUT_USEC=320000000")));
    }
}

TEST(ServiceManager, NobodyWhoListensIsNothingWrong)
{
    testing::internal::CaptureStderr();
    server::ServiceManager nobody("", 1s);
    nobody.ready("");
    EXPECT_FALSE(nobody.watchdog());
    EXPECT_EQ(testing::internal::GetCapturedStderr(), "");

    testing::internal::CaptureStderr();
    server::ServiceManager gone("/nowhere/notify", 1s);
    gone.ready("");
    gone.alive();
    const std::string log = testing::internal::GetCapturedStderr();
    EXPECT_THAT(log, HasSubstr("systemd cannot be told how the server is: No such file or directory"));
    EXPECT_EQ(std::count(log.begin(), log.end(), '\n'), 1);
}

class WatchedServer : public testing::Test
{
  protected:
    bool hears(std::chrono::milliseconds patience) const { return manager.hear(patience) == "WATCHDOG=1"; }
    /// All that was told until now.
    void forget() const
    {
        while (!manager.hear(0ms).empty()) {
        }
    }

    support::TestDatabase database;
    std::string name = (database.directory() / "notify").string();
    Manager manager{name};
    server::ServiceManager service{name, 400ms};
    std::atomic<std::chrono::nanoseconds> idle = 0ns;
};

TEST_F(WatchedServer, IsToldAliveAgainAndAgain)
{
    server::Watchdog watchdog(service, *database, [this] { return idle.load(); });

    for (int i = 0; i < 5; ++i)
        EXPECT_TRUE(hears(300ms)) << i;
}

TEST_F(WatchedServer, IsNotAliveWhileAnEventLoopHangs)
{
    server::Watchdog watchdog(service, *database, [this] { return idle.load(); });
    EXPECT_TRUE(hears(300ms));
    testing::internal::CaptureStderr();

    idle = 1h;
    std::this_thread::sleep_for(150ms);
    forget();
    EXPECT_FALSE(hears(400ms));
    EXPECT_THAT(testing::internal::GetCapturedStderr(), HasSubstr(" error watchdog: "));

    idle = 0ns;
    EXPECT_TRUE(hears(300ms));
}

TEST_F(WatchedServer, IsNotAliveWhileTheWriterHangs)
{
    if (support::tests_use_postgres())
        GTEST_SKIP() << "only on SQLite: its one writer";
    server::Watchdog watchdog(service, *database, [this] { return idle.load(); });
    EXPECT_TRUE(hears(300ms));
    testing::internal::CaptureStderr();
    db::testing::StalledWriter stalled(*database);
    std::this_thread::sleep_for(400ms);
    forget();
    EXPECT_FALSE(hears(300ms));

    watchdog.stop_looking();
    EXPECT_TRUE(hears(300ms)) << "it ends, which may take its time";
    stalled.release();
    testing::internal::GetCapturedStderr();
}

} // namespace
