#include "server/watch/admin_socket.hpp"

#include "support/test_database.hpp"

#include <gmock/gmock.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>

namespace {

using server::AdminWords;
using testing::ElementsAre;
using testing::HasSubstr;

class AdminSocketOf : public testing::Test
{
  protected:
    std::filesystem::path path() const { return directory.path() / "admin.sock"; }

    support::TemporaryDirectory directory;
    AdminWords heard;
    server::AdminHandler handler = [this](const AdminWords& words, const server::GoesOn&) {
        heard = words;
        return server::AdminAnswer{.exit_code = 3, .output = std::string(100'000, 'o'), .error = "e"};
    };
};

TEST_F(AdminSocketOf, CarriesWordsThereAndAnAnswerBack)
{
    const server::AdminSocket socket(path(), handler);

    for (int i = 0; i < 3; ++i) {
        const auto answer = server::ask_running_server(path(), {"user", "", "mei \xC3\xA9\n"});
        ASSERT_TRUE(answer);
        EXPECT_EQ(answer->exit_code, 3);
        EXPECT_EQ(answer->output, std::string(100'000, 'o'));
        EXPECT_EQ(answer->error, "e");
        EXPECT_THAT(heard, ElementsAre("user", "", "mei \xC3\xA9\n"));
    }
}

TEST_F(AdminSocketOf, IsForItsUserAlone)
{
    const server::AdminSocket socket(path(), handler);
    struct stat status
    {
    };
    ASSERT_EQ(::stat(path().c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777U, 0600U);
}

TEST_F(AdminSocketOf, AnotherUserIsNotHeardWhateverTheMode)
{
    const server::AdminSocket socket(path(), handler);
    ASSERT_EQ(::chmod(path().c_str(), 0666), 0);
    ASSERT_EQ(::chmod(directory.path().c_str(), 0755), 0);
    const pid_t stranger = ::fork();
    if (stranger == 0) {
        // Only root can become another user; everybody else is the user that is heard.
        if (::geteuid() != 0)
            ::_exit(0);
        constexpr uid_t nobody = 65534;
        if (::setuid(nobody) != 0)
            ::_exit(2);
        try {
            const auto answer = server::ask_running_server(path(), {"user", "list"});
            ::_exit(answer && answer->exit_code == 1 && answer->output.empty() ? 0 : 3);
        } catch (const std::exception&) {
            ::_exit(0);
        }
    }
    int status = 0;
    ASSERT_EQ(::waitpid(stranger, &status, 0), stranger);
    EXPECT_EQ(WEXITSTATUS(status), 0);
    EXPECT_THAT(heard, testing::IsEmpty());
}

TEST_F(AdminSocketOf, NobodyListensWithoutAServer)
{
    EXPECT_FALSE(server::ask_running_server(path(), {"user", "list"}));
    {
        const server::AdminSocket socket(path(), handler);
    }
    EXPECT_FALSE(std::filesystem::exists(path()));
    EXPECT_FALSE(server::ask_running_server(path(), {"user", "list"}));
}

TEST_F(AdminSocketOf, ASocketThatAKilledServerLeftIsReplaced)
{
    {
        const int left = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        path().string().copy(&address.sun_path[0], sizeof address.sun_path - 1);
        ASSERT_EQ(::bind(left, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
        ::close(left);
    }
    EXPECT_FALSE(server::ask_running_server(path(), {"user", "list"}));

    const server::AdminSocket socket(path(), handler);

    EXPECT_TRUE(server::ask_running_server(path(), {"user", "list"}));
}

TEST_F(AdminSocketOf, ADirectoryWithALongNameIsReached)
{
    const auto deep = directory.path() / std::string(120, 'd');
    std::filesystem::create_directory(deep);
    const server::AdminSocket socket(deep / "admin.sock", handler);

    EXPECT_TRUE(server::ask_running_server(deep / "admin.sock", {"user", "list"}));
}

TEST_F(AdminSocketOf, GoesOnAfterAClientThatBrokeOff)
{
    const server::AdminSocket socket(path(), handler);
    testing::internal::CaptureStderr();
    {
        const int client = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        path().string().copy(&address.sun_path[0], sizeof address.sun_path - 1);
        ASSERT_EQ(::connect(client, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
        ASSERT_EQ(::write(client, "\xff\xff\xff\xff", 4), 4);
        ::close(client);
    }
    EXPECT_TRUE(server::ask_running_server(path(), {"user", "list"}));
    EXPECT_THAT(testing::internal::GetCapturedStderr(), HasSubstr("a command was not answered"));
}

} // namespace
