// What the application is told of each exchange, for its access log.

#include "http/wire_test_support.hpp"

#include <fcntl.h>
#include <fstream>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace http {
namespace {

using testing::Client;
using testing::page;
using testing::TestApplication;
using testing::TestServer;

class TwoPieces final : public BodySource
{
  public:
    bool next(std::string& piece) override
    {
        piece = "12345";
        return ++pieces_ < 2;
    }

  private:
    int pieces_ = 0;
};

class ServedRequests : public ::testing::Test
{
  protected:
    ServedRequests()
    {
        options.tells_served = true;
        options.trusted_proxies = {"127.0.0.1"};
    }
    /// All that was told while `talk` talked with a server.
    template <typename Talk>
    std::vector<Served> told_of(Talk talk)
    {
        TestServer server(application, options);
        talk(server);
        server.stop(std::chrono::seconds(1));
        return application.told;
    }

    TestApplication application;
    ServerOptions options;
};

TEST_F(ServedRequests, AreToldWithWhoAskedForWhatAndWhatTheyGot)
{
    application.handler = [](Request, Responder respond) {
        Response response = page("seven b");
        response.note = "7";
        respond(std::move(response));
    };
    const auto told = told_of([](TestServer& server) {
        Client client(server.port());
        client.get("/a%20b?secret=1", "X-Forwarded-For: 203.0.113.7\r\n");
        client.send("HEAD / HTTP/1.1\r\nHost: localhost\r\n\r\n");
        client.read_answer(false);
    });

    ASSERT_EQ(told.size(), 2U);
    EXPECT_EQ(told[0].remote_address, "203.0.113.7");
    EXPECT_EQ(told[0].method, Method::Get);
    EXPECT_EQ(told[0].path, "/a b");
    EXPECT_EQ(told[0].target, "/a%20b?secret=1");
    EXPECT_EQ(told[0].status, Status::Ok);
    EXPECT_EQ(told[0].bytes, 7U);
    EXPECT_EQ(told[0].note, "7");
    EXPECT_EQ(told[1].method, Method::Head);
    EXPECT_EQ(told[1].bytes, 0U);
    EXPECT_EQ(told[1].remote_address, "127.0.0.1");
}

TEST_F(ServedRequests, AreToldWhateverTheBodyIs)
{
    application.handler = [](Request request, Responder respond) {
        Response response = page("");
        if (request.path == "/static")
            response.body = StaticBody{"abc"};
        else if (request.path == "/pieces")
            response.body = std::make_unique<TwoPieces>();
        else if (request.path == "/unsound")
            response.header("X-Bad", "a\r\nb");
        respond(std::move(response));
    };
    const auto told = told_of([this](TestServer& server) {
        Client client(server.port());
        client.get("/static");
        client.send("GET /pieces HTTP/1.1\r\nHost: localhost\r\n\r\n");
        client.read_until("0\r\n\r\n");
        Client(server.port()).get("/unsound");
        application.is_heavy_lane_full = true;
        Client(server.port()).get("/pieces");
    });

    ASSERT_EQ(told.size(), 4U);
    EXPECT_EQ(told[0].bytes, 3U);
    EXPECT_GT(told[1].bytes, 10U) << "two pieces and what frames them";
    EXPECT_LT(told[1].bytes, 40U);
    EXPECT_EQ(told[2].status, Status::InternalServerError);
    EXPECT_EQ(told[2].path, "/unsound");
    EXPECT_EQ(told[3].status, Status::ServiceUnavailable) << "instead of the stream that could not begin, once";
    EXPECT_EQ(told[3].path, "/pieces");
}

TEST_F(ServedRequests, AreToldAtTheOpeningOfAStream)
{
    std::shared_ptr<EventSink> sink;
    application.handler = [&](Request, Responder respond) {
        Response response;
        response.body = EventStreamBody{[&](std::shared_ptr<EventSink> opened) { sink = std::move(opened); }};
        respond(std::move(response));
    };
    const auto told = told_of([&](TestServer& server) {
        Client client(server.port());
        client.send("GET /events/ HTTP/1.1\r\nHost: localhost\r\n\r\n");
        client.read_until("\r\n\r\n");
        Client(server.port()).get("/secret", "Transfer-Encoding: chunked\r\n");
        sink->close();
    });

    ASSERT_EQ(told.size(), 2U);
    EXPECT_EQ(told[0].path, "/events/") << "before the other, though it closed after it";
    EXPECT_EQ(told[0].bytes, 0U);
    EXPECT_EQ(told[1].status, Status::LengthRequired);
}

TEST_F(ServedRequests, ThatAreRefusedForTheirHeadAreToldWithoutIt)
{
    const auto told = told_of([](TestServer& server) {
        Client(server.port()).get("/secret", "Transfer-Encoding: chunked\r\n");
        Client client(server.port());
        client.send("nonsense\r\n\r\n");
        client.read_answer();
    });

    ASSERT_EQ(told.size(), 2U);
    EXPECT_EQ(told[0].status, Status::LengthRequired);
    EXPECT_EQ(told[0].target, "");
    EXPECT_EQ(told[0].remote_address, "127.0.0.1");
    EXPECT_EQ(told[1].status, Status::BadRequest);
}

TEST_F(ServedRequests, AreNotToldUnlessWanted)
{
    options.tells_served = false;

    EXPECT_TRUE(told_of([](TestServer& server) { Client(server.port()).get("/"); }).empty());
}

} // namespace
} // namespace http
