// How the store behaves when the server does not: a scripted server stands in for it. What a real one makes of our
// requests is in s3_server_test.cpp.

#include "attachments/attachment.hpp"
#include "storage/s3_store.hpp"

#include "attachments/sweeper.hpp"
#include "base/crypto.hpp"
#include "base/error.hpp"
#include "support/scripted_server.hpp"
#include "support/service_desk.hpp"

#include <gmock/gmock.h>

#include <thread>

using namespace attachments;
using namespace storage;
using namespace std::chrono_literals;
using support::ScriptedServer;
using support::Seen;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

namespace {

constexpr std::string_view secret = "never-to-be-shown";

class S3Failures : public support::ServiceDesk
{
  protected:
    /// A store whose server answers with `script`.
    S3Store& store(ScriptedServer::Script script)
    {
        server.emplace(std::move(script));
        S3Settings settings = parse_s3_url("s3://gas/north").value();
        settings.endpoint = server->origin();
        settings.access_key_id = "node";
        settings.secret_access_key = secret;
        settings.connect_timeout = 500ms;
        settings.stall = 1s;
        settings.deadline = deadline;
        settings.first_pause = 10ms;
        return store_.emplace(std::move(settings), database.directory() / "attachments");
    }
    std::filesystem::path upload(std::string_view bytes)
    {
        const auto path = store_->temporary_directory() / base::random_token();
        base::write_all(base::create_file(path), bytes);
        return path;
    }
    std::string keep(std::string_view bytes) { return store_->keep(upload(bytes), base::hex(base::sha256(bytes))); }
    std::string fetch(std::string_view expected)
    {
        attachments::Attachment file;
        file.stored_name = std::string(32, 'a');
        file.sha256 = base::hex(base::sha256(expected));
        return base::read_some(store_->open(file.key()), 1U << 20U);
    }
    static std::string words(const std::function<void()>& work)
    {
        try {
            work();
        } catch (const std::exception& error) {
            return error.what();
        }
        return "no error";
    }

    std::chrono::milliseconds deadline{5000};
    std::optional<ScriptedServer> server;
    std::optional<storage::S3Store> store_;
};

std::string error(int status, std::string_view code)
{
    return ScriptedServer::answer(status, "<?xml version=\"1.0\"?><Error><Code>" + std::string(code) +
                                              "</Code><StringToSign>never-to-be-shown</StringToSign></Error>");
}

} // namespace

TEST_F(S3Failures, AnUploadIsSentWithItsLengthAndChecksumAndTheLocalFileIsGone)
{
    store([](const Seen&) { return ScriptedServer::answer(200, ""); });

    const std::string name = keep("a picture");

    const Seen request = server->seen().at(0);
    EXPECT_EQ(request.method, "PUT");
    EXPECT_EQ(request.target, "/gas/north/" + name);
    EXPECT_EQ(request.headers.at("x-amz-content-sha256"), base::hex(base::sha256("a picture")));
    EXPECT_THAT(request.headers.at("authorization"), StartsWith("AWS4-HMAC-SHA256 Credential=node/"));
    EXPECT_TRUE(std::filesystem::is_empty(store_->temporary_directory()));
}

TEST_F(S3Failures, AServerThatFailsForAMomentIsAskedAgain)
{
    std::atomic<int> asked = 0;
    store([&](const Seen& seen) {
        ++asked;
        return asked == 1 ? error(500, "InternalError") : asked == 2 ? "" : ScriptedServer::answer(200, seen.body);
    });

    EXPECT_EQ(keep("a picture").size(), 32U);
    EXPECT_EQ(asked, 3);
}

TEST_F(S3Failures, AServerThatFailsForLongIsUnavailableAndTheUploadIsStillThere)
{
    store([](const Seen&) { return error(503, "SlowDown"); });

    EXPECT_THROW(keep("a picture"), base::Unavailable);

    EXPECT_EQ(server->seen().size(), 4U);
    EXPECT_FALSE(std::filesystem::is_empty(store_->temporary_directory()));
    EXPECT_THAT(words([&] { keep("a picture"); }), HasSubstr("reports an error (SlowDown, status 503)"));
}

TEST_F(S3Failures, AWrongKeyIsToldInPlainWordsOnceAndWithoutTheSecret)
{
    store([](const Seen&) { return error(403, "SignatureDoesNotMatch"); });

    EXPECT_THAT(words([&] { keep("a picture"); }),
        AllOf(HasSubstr("s3://gas/north"), HasSubstr("refuses us (SignatureDoesNotMatch, status 403)"),
            HasSubstr("s3_access_key_id"), Not(HasSubstr(secret))));
    EXPECT_EQ(server->seen().size(), 1U);
}

TEST_F(S3Failures, AServerThatGoesInTheMiddleOfAnUploadIsUnavailable)
{
    store([](const Seen&) { return ScriptedServer::answer(200, ""); });
    server->cut_bodies_after(100'000);

    EXPECT_THAT(words([&] { keep(std::string(8'000'000, 'x')); }), HasSubstr("does not answer: "));
    EXPECT_EQ(server->seen().size(), 4U);
}

TEST_F(S3Failures, AServerThatIsNotThereIsUnavailable)
{
    store([](const Seen&) { return std::string(); });
    server.reset();

    EXPECT_THAT(words([&] { keep("a picture"); }), HasSubstr("does not answer: "));
}

TEST_F(S3Failures, AServerThatStandsStillIsGivenUpAtTheDeadline)
{
    deadline = 1500ms;
    store([](const Seen&) {
        std::this_thread::sleep_for(2s);
        return ScriptedServer::answer(200, "");
    });
    const auto begun = std::chrono::steady_clock::now();

    EXPECT_THROW(keep("a picture"), base::Unavailable);

    EXPECT_LT(std::chrono::steady_clock::now() - begun, 4s);
}

TEST_F(S3Failures, ADownloadThatBreaksOffGoesOnWhereItEnded)
{
    store([](const Seen& seen) {
        const auto range = seen.headers.find("range");
        if (range == seen.headers.end())
            return std::string("HTTP/1.1 200 OK\r\nContent-Length: 10\r\nConnection: close\r\n\r\n01234");
        return range->second == "bytes=5-" ? ScriptedServer::answer(206, "56789") : std::string();
    });

    EXPECT_EQ(fetch("0123456789"), "0123456789");
}

TEST_F(S3Failures, AServerThatKnowsNoRangesSendsAllAgain)
{
    int asked = 0;
    store([&](const Seen&) {
        return ++asked == 1 ? "HTTP/1.1 200 OK\r\nContent-Length: 10\r\nConnection: close\r\n\r\n01234"
                            : ScriptedServer::answer(200, "0123456789");
    });

    EXPECT_EQ(fetch("0123456789"), "0123456789");
}

TEST_F(S3Failures, DamagedBytesAreNeverHandedOut)
{
    store([](const Seen&) { return ScriptedServer::answer(200, "another picture"); });

    EXPECT_THAT(words([&] { fetch("a picture"); }), HasSubstr("is damaged: its SHA-256 is "));
}

TEST_F(S3Failures, AMissingObjectIsNotFoundButAMissingBucketIsUnavailable)
{
    store([](const Seen&) { return error(404, "NoSuchKey"); });
    EXPECT_THROW(fetch("a picture"), base::NotFound);

    store([](const Seen&) { return error(404, "NoSuchBucket"); });
    EXPECT_THROW(fetch("a picture"), base::Unavailable);
    EXPECT_THROW(store_->has_files(), base::Unavailable);
}

TEST_F(S3Failures, AListThatIsNotWholeIsToldAndNotTakenForAll)
{
    store([](const Seen&) { return ScriptedServer::answer(200, "<html><p>Sign in to the hotel"); });

    EXPECT_THAT(words([&] { store_->has_files(); }),
        AllOf(HasSubstr("s3://gas/north"), HasSubstr("answers with a list that cannot be read")));
}

TEST_F(S3Failures, ARedirectionIsToldAndNotFollowed)
{
    store([](const Seen&) {
        return ScriptedServer::answer(
            307, "<Error><Code>TemporaryRedirect</Code></Error>", "Location: http://127.0.0.1:1/\r\n");
    });

    EXPECT_THAT(
        words([&] { fetch("a picture"); }), HasSubstr("is elsewhere (TemporaryRedirect, status 307); check s3_region"));
}

TEST_F(S3Failures, ASlowStoreIsUsedByFewAtATime)
{
    std::atomic<int> inside = 0;
    std::atomic<int> most = 0;
    store([&](const Seen&) {
        const int now = ++inside;
        for (int seen = most; seen < now && !most.compare_exchange_weak(seen, now);) {
        }
        std::this_thread::sleep_for(50ms);
        --inside;
        return ScriptedServer::answer(200, "");
    });
    std::vector<std::thread> threads;
    for (int i = 0; i < 12; ++i)
        threads.emplace_back([&] { keep("a picture"); });
    for (std::thread& thread : threads)
        thread.join();

    EXPECT_LE(most, 8);
    EXPECT_EQ(server->seen().size(), 12U);
}

TEST_F(S3Failures, TheSweepReadsAllPagesAndMovesOnlyOldFilesOfOurs)
{
    const std::string old_name(32, 'b');
    const std::string named(32, 'c');
    const std::string young(32, 'd');
    const auto object = [](const std::string& key, std::string_view time) {
        return "<Contents><Key>north/" + key + "</Key><LastModified>" + std::string(time) +
               "</LastModified></Contents>";
    };
    store([&](const Seen& seen) {
        if (seen.method == "DELETE")
            return ScriptedServer::answer(204, "");
        if (seen.method == "PUT" || seen.target.find("list-type") == std::string::npos)
            return seen.method == "PUT" ? ScriptedServer::answer(200, "<CopyObjectResult/>") : error(404, "NoSuchKey");
        if (seen.target.find("trash") != std::string::npos)
            return ScriptedServer::answer(200, "<ListBucketResult></ListBucketResult>");
        const bool is_first = seen.target.find("continuation-token=more%3D") == std::string::npos;
        return ScriptedServer::answer(200,
            is_first
                ? "<ListBucketResult><IsTruncated>true</IsTruncated>" +
                      object("notes.txt", "2020-01-01T00:00:00.000Z") + object(named, "2020-01-01T00:00:00.000Z") +
                      "<NextContinuationToken>more=</NextContinuationToken></ListBucketResult>"
                : "<ListBucketResult><IsTruncated>false</IsTruncated>" + object(old_name, "2020-01-01T00:00:00.000Z") +
                      object(young, base::iso_utc(clock.now())) + "</ListBucketResult>");
    });
    const auto request = submit(cast.mei, "Boiler is cold");
    database->write([&](db::Transaction& tx) {
        attachments::add_attachment(tx, base::act_of({}, clock.now()),
            {.stored_name = named, .name = "a.jpg", .content_type = "image/jpeg", .size = 1, .sha256 = "x"},
            {.service_request = request});
    });

    attachments::Sweeper sweeper(*database, *store_, StoreUse::Alone, clock.now());
    EXPECT_THAT(sweeper.sweep(*database->read(), clock.now()), StartsWith("1 files"));

    std::vector<Seen> moves;
    for (const Seen& sent : server->seen()) {
        if (sent.method != "GET" && sent.target.find("sweep-mark") == std::string::npos)
            moves.push_back(sent);
    }
    ASSERT_EQ(moves.size(), 2U);
    EXPECT_EQ(moves[0].method + " " + moves[0].target, "PUT /gas/north/trash/2026-11-16/" + old_name);
    EXPECT_EQ(moves[0].headers.at("x-amz-copy-source"), "/gas/north/" + old_name);
    EXPECT_EQ(moves[0].headers.at("content-length"), "0");
    EXPECT_EQ(moves[1].method + " " + moves[1].target, "DELETE /gas/north/" + old_name);
}

TEST_F(S3Failures, ACopyThatFailsUnderWayRemovesNothing)
{
    store([](const Seen&) { return error(200, "InternalError"); });

    EXPECT_THROW(store_->move_to_trash({.stored_name = std::string(32, 'b'), .day = "2026-11-27"}), base::Unavailable);

    for (const Seen& request : server->seen())
        EXPECT_EQ(request.method, "PUT");
}
