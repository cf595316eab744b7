#include "app/health.hpp"
#include "support/test_site.hpp"

#include <gmock/gmock.h>

namespace {

using testing::HasSubstr;
using testing::StartsWith;

class Health : public testing::Test
{
  protected:
    http::Response ask(std::string_view path, std::string_view from = "127.0.0.1")
    {
        http::Request request;
        request.path = path;
        request.target = path;
        request.host = "localhost";
        request.remote_address = from;
        request.is_proxy_itself = is_proxy_itself;
        return site.answer(std::move(request));
    }
    int status(std::string_view path, std::string_view from = "127.0.0.1")
    {
        return static_cast<int>(ask(path, from).status);
    }

    support::TestSite site;
    bool is_proxy_itself = false;
};

TEST_F(Health, SaysThatTheDatabaseCanBeReadAndWritten)
{
    const http::Response answer = ask("/readyz");

    EXPECT_EQ(static_cast<int>(answer.status), 200);
    EXPECT_THAT(std::string(answer.text()), StartsWith("ready\n"));
}

TEST_F(Health, SendsVisitorsElsewhereBeforeTheProcessEnds)
{
    site.services().is_leaving = true;

    const http::Response answer = ask("/readyz");

    EXPECT_EQ(static_cast<int>(answer.status), 503);
    EXPECT_EQ(status("/healthz"), 200);
    EXPECT_EQ(status("/"), 200);
}

TEST_F(Health, IsForThisMachineAndItsProxiesOnly)
{
    EXPECT_EQ(status("/readyz", "::1"), 200);
    EXPECT_EQ(status("/readyz", "203.0.113.7"), 404);
    EXPECT_EQ(status("/healthz", "203.0.113.7"), 404);

    is_proxy_itself = true;

    EXPECT_EQ(status("/readyz", "10.0.0.5"), 200);
    EXPECT_EQ(status("/healthz", "10.0.0.5"), 200);
}

} // namespace
