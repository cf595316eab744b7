#include "http/wire_test_support.hpp"

#include <fcntl.h>
#include <fstream>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <mutex>

namespace http {
namespace {

using namespace std::chrono_literals;
using testing::Client;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;
using testing::page;
using testing::TestApplication;
using testing::TestServer;

constexpr std::string_view urlencoded = "application/x-www-form-urlencoded";
constexpr std::string_view multipart = "multipart/form-data; boundary=XX";

std::string upload(std::string_view bytes)
{
    return "--XX\r\nContent-Disposition: form-data; name=text\r\n\r\na leak\r\n"
           "--XX\r\nContent-Disposition: form-data; name=attachments; filename=a.bin\r\n\r\n" +
           std::string(bytes) + "\r\n--XX--\r\n";
}

/// Counts down in pieces, and may break off.
class Countdown final : public BodySource
{
  public:
    Countdown(int from, int break_at) : left_(from), break_at_(break_at) {}
    bool next(std::string& piece) override
    {
        if (left_ == break_at_)
            throw std::runtime_error("broken on purpose");
        piece = std::to_string(left_) + "\n";
        return --left_ > 0;
    }

  private:
    int left_;
    int break_at_;
};

class Streams : public ::testing::Test
{
  protected:
    TestApplication application;
    ServerOptions options;
    std::mutex mutex;
    std::shared_ptr<EventSink> sink;

    void SetUp() override { application.limits = {.files = 2, .file_bytes = 5'000'000}; }
    void echo_form()
    {
        application.handler = [](Request request, Responder respond) {
            std::string text = std::to_string(static_cast<int>(request.fault));
            for (const auto& [name, value] : request.form)
                text += " " + name + "=" + value;
            for (const auto& file : request.files)
                text += " " + file.name + ":" + std::to_string(file.size) + ":" +
                        (file.path.empty() ? "none" : std::to_string(std::filesystem::file_size(file.path)));
            respond(page(text));
        };
    }
    void stream(int from, int break_at = -1)
    {
        application.handler = [=](Request, Responder respond) {
            Response response;
            response.body = std::make_unique<Countdown>(from, break_at);
            respond(std::move(response));
        };
    }
    void serve_file(const TestServer& server, const std::string& bytes)
    {
        const auto path = server.directory() / "file";
        std::ofstream(path) << bytes;
        application.handler = [path, size = bytes.size()](Request, Responder respond) {
            Response response;
            response.body = FileBody{base::open_file(path, O_RDONLY), size, "\"tag\""};
            respond(std::move(response));
        };
    }
    void open_events()
    {
        application.handler = [this](Request, Responder respond) {
            Response response;
            response.body = EventStreamBody{[this](std::shared_ptr<EventSink> opened) {
                const std::lock_guard lock(mutex);
                sink = std::move(opened);
            }};
            respond(std::move(response));
        };
    }
    std::shared_ptr<EventSink> wait_for_sink()
    {
        for (int i = 0; i < 500; ++i) {
            const std::lock_guard lock(mutex);
            if (sink)
                return sink;
            std::this_thread::sleep_for(10ms);
        }
        return nullptr;
    }
    static bool becomes_closed(const EventSink& events)
    {
        for (int i = 0; i < 500 && events.is_open(); ++i)
            std::this_thread::sleep_for(10ms);
        return !events.is_open();
    }
};

std::shared_ptr<const std::string> message(std::string text)
{
    return std::make_shared<const std::string>(std::move(text));
}

constexpr std::string_view ask = "GET /events/ HTTP/1.1\r\nHost: localhost\r\n\r\n";

TEST_F(Streams, AFormIsReadWhole)
{
    echo_form();
    TestServer server(application, options);
    Client client(server.port());

    EXPECT_EQ(client.post(urlencoded, "a=1&b=2").body, "0 a=1 b=2");
    EXPECT_EQ(client.post(urlencoded, "").body, "0");
    EXPECT_EQ(client.post("application/json", "{}").body, std::to_string(static_cast<int>(BodyFault::Malformed)));
}

TEST_F(Streams, AnUploadReachesTheDiskAndIsGoneAfterwards)
{
    echo_form();
    TestServer server(application, options);
    Client client(server.port());

    EXPECT_EQ(client.post(multipart, upload(std::string(3'000'000, 'x'))).body, "0 text=a leak a.bin:3000000:3000000");
    EXPECT_EQ(client.post(multipart, upload("y")).body, "0 text=a leak a.bin:1:1");
    server.stop(1s);
    EXPECT_TRUE(std::filesystem::is_empty(server.directory()));
}

TEST_F(Streams, AnUploadThatBreaksOffLeavesNothing)
{
    echo_form();
    TestServer server(application, options);
    {
        Client client(server.port());
        client.send("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Type: " + std::string(multipart) +
                    "\r\nContent-Length: 100000\r\n\r\n" + upload(std::string(1000, 'x')).substr(0, 900));
        std::this_thread::sleep_for(100ms);
        EXPECT_FALSE(std::filesystem::is_empty(server.directory()));
    }
    server.stop(1s);
    EXPECT_TRUE(std::filesystem::is_empty(server.directory()));
}

TEST_F(Streams, AFullHeavyLaneRefusesTheUpload)
{
    echo_form();
    application.is_heavy_lane_full = true;
    TestServer server(application, options);
    Client client(server.port());

    EXPECT_EQ(client.post(multipart, upload("y")).status, 503);
}

TEST_F(Streams, ATooLargeFileLeavesTheTextAndTheConnection)
{
    echo_form();
    application.limits.file_bytes = 1000;
    TestServer server(application, options);
    Client client(server.port());

    EXPECT_EQ(client.post(multipart, upload(std::string(100'000, 'x'))).body,
        std::to_string(static_cast<int>(BodyFault::FileTooLarge)) + " text=a leak a.bin:100000:none");
    EXPECT_EQ(client.post(multipart, upload("y")).body, "0 text=a leak a.bin:1:1");
}

TEST_F(Streams, ABodyAboveTheLimitIsAnsweredWithItsTextAlthoughTheClientSendsOn)
{
    echo_form();
    application.most_bytes = 50'000;
    TestServer server(application, options);
    Client client(server.port());

    const auto answer = client.post(multipart, upload(std::string(1'000'000, 'x')));

    EXPECT_EQ(answer.body, std::to_string(static_cast<int>(BodyFault::TooLarge)) + " text=a leak");
    EXPECT_TRUE(answer.has("Connection: close"));
}

TEST_F(Streams, ABodyAboveTheLimitIsRefusedAtTheHead)
{
    echo_form();
    application.most_bytes = 50'000;
    application.if_longer = IfLonger::Refuse;
    TestServer server(application, options);
    Client client(server.port());

    client.send("POST / HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nContent-Type: " +
                std::string(multipart) + "\r\nContent-Length: 50001\r\n\r\n");
    const auto answer = client.read_answer();

    EXPECT_EQ(answer.status, 413);
    EXPECT_TRUE(answer.has("Connection: close"));
}

TEST_F(Streams, NothingOfABodyIsReadBeforeTheQuestionAboutItIsAnswered)
{
    echo_form();
    application.limits.files = 5;
    application.limits.file_bytes = 1'000'000;
    application.must_ask = true;
    std::atomic<bool> was_asked = false;
    application.ask = [&](const BodyQuestion& question, BodyPlan plan) {
        EXPECT_EQ(question.head.path, "/form");
        EXPECT_EQ(question.head.cookie("sid"), "x");
        EXPECT_TRUE(std::filesystem::is_empty(options.temporary_directory));
        was_asked = true;
        plan.limits.files = 0;
        plan.without_files = BodyFault::DiskFull;
        return plan;
    };
    TestServer server(application, options);
    options.temporary_directory = server.directory();
    Client client(server.port());

    const auto answer = client.post(multipart, upload(std::string(100'000, 'x')), "Cookie: sid=x\r\n");

    EXPECT_TRUE(was_asked);
    EXPECT_EQ(answer.body, std::to_string(static_cast<int>(BodyFault::DiskFull)) + " text=a leak");
    EXPECT_TRUE(std::filesystem::is_empty(server.directory()));
}

TEST_F(Streams, WhereNobodyCanBeAskedTheTextArrivesWithoutFiles)
{
    echo_form();
    application.limits.files = 5;
    application.limits.file_bytes = 1'000'000;
    application.must_ask = true;
    application.is_heavy_lane_full = true;
    TestServer server(application, options);
    Client client(server.port());

    EXPECT_EQ(client.post(multipart, upload("y")).body,
        std::to_string(static_cast<int>(BodyFault::DiskFull)) + " text=a leak");
}

TEST_F(Streams, ABodyThatFallsSilentEndsLongBeforeItsLastMinute)
{
    echo_form();
    options.body_pause = std::chrono::seconds(1);
    options.body_piece = 10'000;
    TestServer server(application, options);
    Client slow(server.port());
    Client client(server.port());
    const auto begin = std::chrono::steady_clock::now();
    const auto head = [](std::size_t length) {
        return "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Type: " + std::string(multipart) +
               "\r\nContent-Length: " + std::to_string(length) + "\r\n\r\n";
    };
    slow.send(head(100'000'000));
    client.send(head(100'000));
    std::thread pieces([&] {
        for (int i = 0; i < 5; ++i) {
            client.send(std::string(20'000, 'x'));
            std::this_thread::sleep_for(std::chrono::milliseconds(500));
        }
    });

    EXPECT_EQ(slow.read_answer().status, 408);
    EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::milliseconds(2500));
    pieces.join();
    EXPECT_EQ(client.read_answer().status, 200) << "each piece renewed the time";
}

TEST_F(Streams, AClientThatExpectsToBeAskedIsAsked)
{
    echo_form();
    TestServer server(application, options);
    Client client(server.port());

    client.send("POST / HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nContent-Type: " +
                std::string(urlencoded) + "\r\nContent-Length: 3\r\n\r\n");
    EXPECT_EQ(client.read_answer().status, 100);
    client.send("a=1");

    EXPECT_EQ(client.read_answer().body, "0 a=1");
}

TEST_F(Streams, AStreamedBodyComesInChunks)
{
    stream(3);
    TestServer server(application, options);
    Client client(server.port());

    client.send("GET / HTTP/1.1\r\nHost: localhost\r\n\r\nGET / HTTP/1.0\r\nHost: localhost\r\n\r\n");
    const auto all = client.read_to_end();

    EXPECT_THAT(all, HasSubstr("\r\n\r\n2\r\n3\n\r\n2\r\n2\n\r\n2\r\n1\n\r\n0\r\n\r\n"));
    EXPECT_THAT(all, EndsWith("\r\n\r\n3\n2\n1\n"));
}

TEST_F(Streams, AStreamThatBreaksOffIsNotTakenForAWholeOne)
{
    stream(3, 1);
    TestServer server(application, options);
    Client client(server.port());

    client.send("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
    const auto all = client.read_to_end();

    EXPECT_THAT(all, HasSubstr("HTTP/1.1 200 OK"));
    EXPECT_THAT(all, Not(HasSubstr("\r\n0\r\n\r\n"))) << "an id of a request may end with 0";
}

TEST_F(Streams, AStreamThatCannotBeginIsAnErrorPage)
{
    stream(3, 3);
    TestServer server(application, options);
    Client client(server.port());

    EXPECT_EQ(client.get("/").status, 500);
    application.is_heavy_lane_full = true;
    EXPECT_EQ(client.get("/").status, 503);
}

TEST_F(Streams, AFileIsSentInPartsAndWhole)
{
    TestServer server(application, options);
    const std::string bytes = std::string(2'000'000, 'a') + "the end";
    serve_file(server, bytes);
    Client client(server.port());

    EXPECT_EQ(client.get("/").body, bytes);
    const auto part = client.get("/", "Range: bytes=-7\r\n");
    EXPECT_EQ(part.status, 206);
    EXPECT_EQ(part.body, "the end");
    EXPECT_EQ(client.get("/", "If-None-Match: \"tag\"\r\n").status, 304);
    EXPECT_EQ(client.get("/").body.size(), bytes.size());
}

TEST_F(Streams, AClientThatLeavesInTheMiddleOfAFileHarmsNobody)
{
    TestServer server(application, options);
    serve_file(server, std::string(20'000'000, 'a'));
    {
        Client client(server.port());
        client.send("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
        EXPECT_TRUE(client.read_until("aaaa"));
    }

    EXPECT_EQ(Client(server.port()).get("/", "Range: bytes=0-3\r\n").body, "aaaa");
}

TEST_F(Streams, AClientThatReadsNothingIsCutOff)
{
    options.write_stall = 1s;
    application.handler = [](Request, Responder respond) { respond(page(std::string(50'000'000, 'x'))); };
    TestServer server(application, options);
    Client client(server.port());

    client.send("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
    std::this_thread::sleep_for(3s);

    EXPECT_LT(client.read_to_end().size(), 50'000'000U);
}

TEST_F(Streams, EventsReachTheClientInOrder)
{
    open_events();
    TestServer server(application, options);
    Client client(server.port());
    client.send(ask);
    const auto events = wait_for_sink();
    ASSERT_TRUE(events);

    events->push(message("data: 1\n\n"));
    EXPECT_TRUE(client.read_until("data: 1\n\n"));
    for (int i = 2; i < 50; ++i)
        events->push(message("data: " + std::to_string(i) + "\n\n"));
    events->close();
    const auto all = client.read_to_end();

    EXPECT_THAT(all, HasSubstr("Content-Type: text/event-stream\r\n"));
    EXPECT_THAT(all, HasSubstr("data: 2\n\ndata: 3\n\n"));
    EXPECT_THAT(all, EndsWith("data: 49\n\n"));
    EXPECT_FALSE(events->is_open());
}

TEST_F(Streams, AClientThatLeavesClosesItsEvents)
{
    open_events();
    TestServer server(application, options);
    std::shared_ptr<EventSink> events;
    {
        Client client(server.port());
        client.send(ask);
        events = wait_for_sink();
        ASSERT_TRUE(events);
        EXPECT_TRUE(events->is_open());
    }
    EXPECT_TRUE(becomes_closed(*events));
    events->push(message("data: late\n\n"));
}

TEST_F(Streams, AClientThatDoesNotKeepUpIsCutOff)
{
    open_events();
    TestServer server(application, options);
    Client client(server.port());
    client.send(ask);
    const auto events = wait_for_sink();
    ASSERT_TRUE(events);

    const auto large = message(std::string(60'000, 'x'));
    for (int i = 0; i < 1000 && events->is_open(); ++i) {
        events->push(large);
        std::this_thread::sleep_for(1ms);
    }

    EXPECT_TRUE(becomes_closed(*events));
    EXPECT_LT(client.read_to_end().size(), 60'000'000U);
}

TEST_F(Streams, StoppingTellsEventClientsToComeBackSoon)
{
    open_events();
    TestServer server(application, options);
    Client client(server.port());
    client.send(ask);
    ASSERT_TRUE(wait_for_sink());
    ASSERT_TRUE(client.read_until("\r\n\r\n"));

    const auto begin = std::chrono::steady_clock::now();
    server.stop(5s);

    EXPECT_LT(std::chrono::steady_clock::now() - begin, 2s);
    EXPECT_THAT(client.read_to_end(), EndsWith("retry: 1000\n\n"));
}

TEST_F(Streams, EventsComeFromManyThreadsAndClientsLeaveMeanwhile)
{
    std::vector<std::shared_ptr<EventSink>> sinks;
    application.handler = [&](Request, Responder respond) {
        Response response;
        response.body = EventStreamBody{[&](std::shared_ptr<EventSink> opened) {
            const std::lock_guard lock(mutex);
            sinks.push_back(std::move(opened));
        }};
        respond(std::move(response));
    };
    TestServer server(application, options);
    std::atomic<bool> is_over = false;
    std::vector<std::thread> publishers;
    for (int i = 0; i < 3; ++i)
        publishers.emplace_back([&] {
            const auto event = message("data: x\n\n");
            while (!is_over) {
                std::this_thread::sleep_for(1ms);
                const std::lock_guard lock(mutex);
                for (const auto& open : sinks)
                    open->push(event);
            }
        });

    for (int i = 0; i < 50; ++i) {
        Client client(server.port());
        client.send(ask);
        EXPECT_TRUE(client.read_until("data: x\n\n"));
    }
    server.stop(1s);
    is_over = true;
    for (auto& publisher : publishers)
        publisher.join();
}

} // namespace
} // namespace http
