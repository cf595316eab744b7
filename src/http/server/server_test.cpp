#include "http/wire_test_support.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <mutex>

namespace http {
namespace {

using namespace std::chrono_literals;
using testing::Client;
using ::testing::HasSubstr;
using ::testing::Not;
using testing::page;
using testing::TestApplication;
using testing::TestServer;

class Wire : public ::testing::Test
{
  protected:
    TestApplication application;
    ServerOptions options;
};

TEST_F(Wire, AnswersManyRequestsOnOneConnection)
{
    TestServer server(application, options);
    Client client(server.port());

    for (int i = 0; i < 3; ++i) {
        const auto answer = client.get("/page/" + std::to_string(i));
        EXPECT_EQ(answer.status, 200);
        EXPECT_EQ(answer.body, "got /page/" + std::to_string(i));
        EXPECT_TRUE(answer.has("Content-Type: text/html; charset=utf-8\r\n"));
        EXPECT_TRUE(answer.has("\r\nDate: "));
        EXPECT_FALSE(answer.has("Connection: close"));
    }
}

TEST_F(Wire, AnswersPipelinedRequestsInOrder)
{
    TestServer server(application, options);
    Client client(server.port());

    client.send("GET /a HTTP/1.1\r\nHost: localhost\r\n\r\n"
                "POST /b HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n"
                "Content-Length: 3\r\n\r\nx=1"
                "GET /c HTTP/1.1\r\nHost: localhost\r\n\r\n");

    EXPECT_EQ(client.read_answer().body, "got /a");
    EXPECT_EQ(client.read_answer().body, "posted /b");
    EXPECT_EQ(client.read_answer().body, "got /c");
}

TEST_F(Wire, TakesAHeadThatComesByteByByte)
{
    TestServer server(application, options);
    Client client(server.port());

    for (const char letter : std::string_view("\r\nGET /slow HTTP/1.1\r\nHost: localhost\r\n\r\n")) {
        client.send(std::string_view(&letter, 1));
        std::this_thread::sleep_for(1ms);
    }

    EXPECT_EQ(client.read_answer().body, "got /slow");
}

TEST_F(Wire, AnswersFromAnotherThreadWhileOthersAreServed)
{
    std::thread worker;
    application.handler = [&](Request request, Responder respond) {
        if (request.path == "/slow") {
            worker = std::thread([respond = std::move(respond)]() mutable {
                std::this_thread::sleep_for(300ms);
                respond(page("slow"));
            });
        } else {
            respond(page("quick"));
        }
    };
    TestServer server(application, options);
    Client slow(server.port());
    Client quick(server.port());

    slow.send("GET /slow HTTP/1.1\r\nHost: localhost\r\n\r\n");
    const auto begin = std::chrono::steady_clock::now();
    EXPECT_EQ(quick.get("/").body, "quick");
    EXPECT_LT(std::chrono::steady_clock::now() - begin, 250ms);
    EXPECT_EQ(slow.read_answer().body, "slow");
    worker.join();
}

TEST_F(Wire, AnswersHeadWithoutABody)
{
    TestServer server(application, options);
    Client client(server.port());

    client.send("HEAD /x HTTP/1.1\r\nHost: localhost\r\n\r\nGET /y HTTP/1.1\r\nHost: localhost\r\n\r\n");

    const auto head = client.read_answer(false);
    EXPECT_EQ(head.status, 200);
    EXPECT_TRUE(head.has("Content-Length: 6\r\n"));
    EXPECT_EQ(client.read_answer().body, "got /y");
}

TEST_F(Wire, ClosesAfterTheAnswerWhenAskedOrWhenTheClientIsOld)
{
    TestServer server(application, options);
    Client asking(server.port());
    Client old(server.port());

    asking.send("GET /a HTTP/1.1\r\nHost: localhost\r\nConnection: Close\r\n\r\n");
    old.send("GET /a HTTP/1.0\r\nHost: localhost\r\nConnection: keep-alive\r\n\r\n");

    EXPECT_THAT(asking.read_to_end(), HasSubstr("Connection: close\r\n"));
    EXPECT_THAT(old.read_to_end(), HasSubstr("Connection: close\r\n"));
}

TEST_F(Wire, RefusesAmbiguousFramingAndCloses)
{
    TestServer server(application, options);
    Client chunked(server.port());
    Client doubled(server.port());
    Client foreign(server.port());

    chunked.send("POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n");
    doubled.send("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\nx");
    foreign.send("GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n");

    EXPECT_THAT(chunked.read_to_end(), HasSubstr("HTTP/1.1 411 "));
    EXPECT_THAT(doubled.read_to_end(), HasSubstr("HTTP/1.1 400 "));
    const auto answer = foreign.read_to_end();
    EXPECT_THAT(answer, HasSubstr("HTTP/1.1 421 "));
    EXPECT_THAT(answer, HasSubstr("X-Site: yes\r\n"));
    EXPECT_THAT(answer, HasSubstr("Connection: close\r\n"));
}

TEST_F(Wire, ClosesASlowHeadAtItsDeadlineHoweverItDrips)
{
    options.head_deadline = 1s;
    TestServer server(application, options);
    Client client(server.port());

    const auto begin = std::chrono::steady_clock::now();
    client.send("GET / HTTP/1.1\r\n");
    std::thread drip([&] {
        for (int i = 0; i < 30; ++i) {
            client.send("A: b\r\n");
            std::this_thread::sleep_for(100ms);
        }
    });
    const auto answer = client.read_answer();

    EXPECT_EQ(answer.status, 408);
    EXPECT_GT(std::chrono::steady_clock::now() - begin, 900ms);
    EXPECT_LT(std::chrono::steady_clock::now() - begin, 2500ms);
    drip.join();
}

TEST_F(Wire, ClosesAnIdleConnectionAfterItsTime)
{
    options.keep_alive = 1s;
    TestServer server(application, options);
    Client client(server.port());

    EXPECT_EQ(client.get("/").status, 200);

    EXPECT_TRUE(client.is_closed_within(3000ms));
}

TEST_F(Wire, ADroppedResponderBecomesAnErrorPage)
{
    application.handler = [](Request, Responder) {};
    TestServer server(application, options);
    Client client(server.port());

    const auto answer = client.get("/");

    EXPECT_EQ(answer.status, 500);
    EXPECT_TRUE(answer.has("X-Site: yes"));
}

TEST_F(Wire, AHandlerThatThrowsBecomesAnErrorPage)
{
    application.handler = [](Request, Responder) { throw std::runtime_error("secret cause"); };
    TestServer server(application, options);
    Client client(server.port());

    const auto answer = client.get("/");

    EXPECT_EQ(answer.status, 500);
    EXPECT_THAT(answer.body, Not(HasSubstr("secret")));
    EXPECT_EQ(client.get("/").status, 500);
}

TEST_F(Wire, AHeaderThatWouldBreakOutOfItsLineIsNotSent)
{
    application.handler = [](Request, Responder respond) { respond(redirect("/x\r\nSet-Cookie: session=stolen")); };
    TestServer server(application, options);
    Client client(server.port());

    const auto answer = client.get("/");

    EXPECT_EQ(answer.status, 500);
    EXPECT_FALSE(answer.has("stolen"));
}

TEST_F(Wire, RefusesMoreConnectionsOfAnAddressThanAllowed)
{
    options.connections_per_address = 2;
    options.busy_page = "<p>Call 555-0199.</p>";
    TestServer server(application, options);
    Client first(server.port());
    EXPECT_EQ(first.get("/").status, 200);
    {
        Client second(server.port());
        EXPECT_EQ(second.get("/").status, 200);
        Client third(server.port());
        const auto refused = third.get("/");
        EXPECT_EQ(refused.status, 503);
        EXPECT_EQ(refused.body, "<p>Call 555-0199.</p>");
    }
    std::this_thread::sleep_for(100ms);
    Client again(server.port());

    EXPECT_EQ(again.get("/").status, 200);
}

TEST_F(Wire, RefusesMoreConnectionsThanAllowedInAll)
{
    options.connections = 2;
    options.busy_page = "<p>Call 555-0199.</p>";
    // No limit of its own.
    options.trusted_proxies = {"127.0.0.1"};
    TestServer server(application, options);
    Client first(server.port());
    EXPECT_EQ(first.get("/").status, 200);
    Client second(server.port());
    EXPECT_EQ(second.get("/").status, 200);

    for (int i = 0; i < 3; ++i) {
        Client another(server.port());
        const auto refused = another.get("/");
        EXPECT_EQ(refused.status, 503);
        EXPECT_TRUE(refused.has("Retry-After: 5\r\n"));
        EXPECT_EQ(refused.body, "<p>Call 555-0199.</p>");
    }
    EXPECT_EQ(first.get("/").status, 200) << "those who are here stay";
    server.stop(0s);

    ASSERT_EQ(application.turned_away.size(), 3U);
    EXPECT_EQ(application.turned_away.front().limit, ConnectionLimit::OfAll);
    EXPECT_EQ(application.turned_away.front().remote_address, "127.0.0.1");
}

TEST_F(Wire, BelievesForwardingFieldsOfTrustedProxiesOnly)
{
    application.handler = [](Request request, Responder respond) {
        respond(page(request.remote_address + (request.secure ? " secure" : " plain") +
                     (request.is_from_operations() ? ", operations" : "")));
    };
    constexpr auto fields = "X-Forwarded-For: 6.6.6.6, 203.0.113.7\r\nX-Forwarded-Proto: https\r\n";
    {
        TestServer server(application, options);
        EXPECT_EQ(Client(server.port()).get("/", fields).body, "127.0.0.1 plain");
        EXPECT_EQ(Client(server.port()).get("/").body, "127.0.0.1 plain, operations");
    }
    options.trusted_proxies = {"127.0.0.0/8"};
    TestServer server(application, options);
    EXPECT_EQ(Client(server.port()).get("/", fields).body, "203.0.113.7 secure");
    EXPECT_EQ(Client(server.port()).get("/").body, "127.0.0.1 plain, operations");
    // Two fields are one list, and what the last proxy says decides.
    EXPECT_EQ(Client(server.port()).get("/", "X-Forwarded-For: 6.6.6.6\r\nX-Forwarded-For: unknown\r\n").body,
        "127.0.0.1 plain");
}

TEST_F(Wire, TakesAHealthCheckByIpAddressFromThisMachineAndTrustedProxies)
{
    const auto ask = [](const TestServer& server, std::string_view path, std::string_view fields) {
        Client client(server.port());
        client.send("GET " + std::string(path) + " HTTP/1.1\r\nHost: 10.0.0.5:8000\r\n" + std::string(fields) + "\r\n");
        return client.read_answer(true).status;
    };
    options.probe_paths = {"/readyz"};
    for (const std::vector<std::string>& trusted : {std::vector<std::string>{}, {"127.0.0.0/8"}}) {
        options.trusted_proxies = trusted;
        TestServer server(application, options);
        EXPECT_EQ(ask(server, "/readyz", ""), 200);
        EXPECT_EQ(ask(server, "/", ""), 421);
        EXPECT_EQ(ask(server, "/readyz", "X-Forwarded-For: 203.0.113.7\r\n"), 421) << "a visitor's";
        EXPECT_EQ(ask(server, "/readyz", "X-Forwarded-For: unknown\r\n"), 421);
        EXPECT_EQ(ask(server, "/readyz", "X-Forwarded-Proto: https\r\n"), 421);
    }
}

TEST_F(Wire, ListensOnTheNamedAddressOnly)
{
    options.address = "localhost";
    TestServer server(application, options);
    EXPECT_EQ(Client(server.port()).get("/").status, 200);

    options.address = "no such address";
    EXPECT_THROW(Server(options, application), std::runtime_error);
    options.address = "192.0.2.1";
    EXPECT_THROW(Server(options, application), std::runtime_error);
}

TEST_F(Wire, SaysInPlainWordsThatAnAddressIsTaken)
{
    TestServer server(application, options);
    ServerOptions second;
    second.port = server.port();

    EXPECT_THROW(
        try { Server(second, application); } catch (const std::runtime_error& error) {
            EXPECT_THAT(error.what(), HasSubstr("another program already does"));
            throw;
        },
        std::runtime_error);
}

TEST_F(Wire, ARetiringServerGoesOnAndEndsEachConnectionWithItsAnswer)
{
    application.handler = [](Request, Responder respond) { respond(page("still here")); };
    TestServer server(application, options);
    Client before(server.port());
    EXPECT_FALSE(before.get("/").has("Connection: close"));

    server.server().retire();

    const auto last = before.get("/");
    EXPECT_EQ(last.body, "still here");
    EXPECT_TRUE(last.has("Connection: close"));
    EXPECT_TRUE(before.is_closed_within(1s));
    EXPECT_TRUE(Client(server.port()).get("/").has("Connection: close"));
}

TEST_F(Wire, StoppingStillAnswersARequestThatIsOnItsWayToAnIdleConnection)
{
    application.handler = [](Request, Responder respond) { respond(page("answered")); };
    TestServer server(application, options);
    Client idle(server.port());
    EXPECT_EQ(idle.get("/").status, 200);

    std::thread stopping([&] { server.stop(5s); });
    std::this_thread::sleep_for(150ms);
    const auto answer = idle.get("/");

    EXPECT_EQ(answer.body, "answered");
    EXPECT_TRUE(answer.has("Connection: close"));
    stopping.join();
}

TEST_F(Wire, StoppingClosesIdleConnectionsSoonAndFinishesTheRequestUnderWay)
{
    std::thread worker;
    std::atomic<bool> is_handled = false;
    application.handler = [&](Request request, Responder respond) {
        if (request.path != "/slow") {
            respond(Response{});
            return;
        }
        is_handled = true;
        worker = std::thread([respond = std::move(respond)]() mutable {
            std::this_thread::sleep_for(500ms);
            respond(page("done"));
        });
    };
    TestServer server(application, options);
    Client idle(server.port());
    Client busy(server.port());
    EXPECT_EQ(idle.get("/").status, 200);
    busy.send("GET /slow HTTP/1.1\r\nHost: localhost\r\n\r\n");
    while (!is_handled)
        std::this_thread::yield();

    const auto begin = std::chrono::steady_clock::now();
    server.stop(5s);

    EXPECT_LT(std::chrono::steady_clock::now() - begin, 2s);
    EXPECT_TRUE(idle.is_closed_within(0ms));
    const auto answer = busy.read_answer();
    EXPECT_EQ(answer.body, "done");
    EXPECT_TRUE(answer.has("Connection: close"));
    worker.join();
}

TEST_F(Wire, StoppingCutsWhatIsNotFinishedInTime)
{
    std::optional<Responder> kept;
    std::atomic<bool> is_handled = false;
    application.handler = [&](Request, Responder respond) {
        kept.emplace(std::move(respond));
        is_handled = true;
    };
    TestServer server(application, options);
    Client client(server.port());
    client.send("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
    while (!is_handled)
        std::this_thread::yield();

    server.stop(1s);

    EXPECT_EQ(client.read_to_end(), "");
    (*kept)(Response{});
}

} // namespace
} // namespace http
