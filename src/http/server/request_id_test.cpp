// The id of a request: in the answer, for the application, and in the log.

#include "base/log.hpp"
#include "http/wire_test_support.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace http {
namespace {

using testing::Client;
using ::testing::ContainsRegex;
using ::testing::HasSubstr;
using ::testing::Not;
using testing::page;
using testing::TestApplication;
using testing::TestServer;

class RequestIds : public ::testing::Test
{
  protected:
    RequestIds()
    {
        options.tells_served = true;
        application.handler = [](Request request, Responder respond) {
            respond(page("id " + std::string(request.header("x-request-id"))));
        };
    }
    void trust_this_machine() { options.trusted_proxies = {"127.0.0.1"}; }
    /// The answer to a request with these header fields.
    testing::Answer ask(const std::string& fields) const
    {
        TestServer server(const_cast<TestApplication&>(application), options);
        return Client(server.port()).get("/", fields);
    }

    TestApplication application;
    ServerOptions options;
};

TEST_F(RequestIds, AreNewForEachRequestAndTheSameInAnswerAndApplication)
{
    TestServer server(application, options);
    Client client(server.port());
    const auto first = client.get("/");
    const auto second = client.get("/");
    server.stop(std::chrono::seconds(1));

    EXPECT_THAT(first.body, ::testing::MatchesRegex("id [A-Za-z0-9_-]{8}"));
    EXPECT_NE(first.body, second.body);
    EXPECT_THAT(first.head, HasSubstr("X-Request-Id: " + first.body.substr(3) + "\r\n"));
    ASSERT_EQ(application.told.size(), 2U);
    EXPECT_EQ("id " + application.told[0].request_id, first.body);
    EXPECT_EQ("id " + application.told[1].request_id, second.body);
}

TEST_F(RequestIds, OfATrustedProxyAreTakenWhenTheyAreWellFormed)
{
    trust_this_machine();
    EXPECT_EQ(ask("X-Request-Id: lb-7.Ab_9\r\n").body, "id lb-7.Ab_9");
    EXPECT_EQ(ask("X-Request-Id: " + std::string(64, 'a') + "\r\n").body, "id " + std::string(64, 'a'));
    for (const std::string& wrong : {std::string(65, 'a'), std::string("a b"), std::string("a,b"), std::string("\"a"),
             std::string("caf\xC3\xA9"), std::string()}) {
        const auto answer = ask("X-Request-Id: " + wrong + "\r\n");
        EXPECT_THAT(answer.body, ::testing::MatchesRegex("id [A-Za-z0-9_-]{8}")) << wrong;
    }
    EXPECT_THAT(ask("X-Request-Id: a\r\nX-Request-Id: b\r\n").body, ::testing::MatchesRegex("id [A-Za-z0-9_-]{8}"));
}

TEST_F(RequestIds, OfAnybodyElseAreNotBelieved)
{
    const auto answer = ask("X-Request-Id: forged\r\n");

    EXPECT_THAT(answer.body, Not(HasSubstr("forged")));
    EXPECT_THAT(answer.head, Not(HasSubstr("forged")));
    EXPECT_THAT(answer.head, ContainsRegex("X-Request-Id: [A-Za-z0-9_-]+\r\n"));
}

TEST_F(RequestIds, AreInTheAnswerToARequestThatCannotBeReadToo)
{
    TestServer server(application, options);
    Client client(server.port());
    client.send("nonsense\r\n\r\n");
    const auto answer = client.read_answer();
    server.stop(std::chrono::seconds(1));

    EXPECT_EQ(answer.status, 400);
    ASSERT_EQ(application.told.size(), 1U);
    EXPECT_THAT(answer.head, HasSubstr("X-Request-Id: " + application.told[0].request_id + "\r\n"));
    EXPECT_FALSE(application.told[0].request_id.empty());
}

TEST_F(RequestIds, AreInTheLogLinesThatTheServerWritesForARequest)
{
    trust_this_machine();
    application.handler = [](Request request, Responder respond) {
        base::log::warning("from the handler");
        Response response = page("");
        if (request.path == "/unsound")
            response.header("X-Bad", "a\r\nb");
        std::thread([respond = std::move(respond), response = std::move(response)]() mutable {
            respond(std::move(response));
        }).join();
    };
    ::testing::internal::CaptureStderr();
    {
        TestServer server(application, options);
        Client(server.port()).get("/unsound", "X-Request-Id: lb-7\r\n");
    }
    const std::string written = ::testing::internal::GetCapturedStderr();
    EXPECT_THAT(written, HasSubstr("warning request lb-7: from the handler\n"));
    EXPECT_THAT(written, HasSubstr("error request lb-7: a response with an unsound header field"));
}

} // namespace
} // namespace http
