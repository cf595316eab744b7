#include "http/answer/prepare.hpp"

#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

namespace http {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

Response page(std::string text)
{
    Response response;
    response.body = std::move(text);
    return response;
}

std::string text_of(const Prepared& prepared)
{
    const auto* text = std::get_if<std::string>(&prepared.body);
    return text != nullptr ? *text : "(none)";
}

class EndlessSource final : public BodySource
{
  public:
    bool next(std::string&) override { return true; }
};

class Preparing : public ::testing::Test
{
  protected:
    std::filesystem::path path =
        std::filesystem::temp_directory_path() / ("gas-utility-prepare-" + std::to_string(::getpid()));
    Conditions conditions;

    void SetUp() override { std::ofstream(path) << "0123456789"; }
    void TearDown() override { std::filesystem::remove(path); }

    Prepared prepared(Response response) const { return prepare(std::move(response), conditions).value(); }
    Response file() const
    {
        Response response;
        response.content_type = "application/pdf";
        response.body = FileBody{base::open_file(path, O_RDONLY), 10, "\"tag\""};
        return response;
    }
};

TEST_F(Preparing, WritesStatusFieldsAndLength)
{
    const auto answer = prepared(page("hello").header("X-A", "b"));

    EXPECT_EQ(
        answer.head, "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nX-A: b\r\nContent-Length: 5\r\n");
    EXPECT_EQ(text_of(answer), "hello");
}

TEST_F(Preparing, ARedirectHasALocationAndNoBody)
{
    EXPECT_EQ(
        prepared(redirect("/service/")).head, "HTTP/1.1 303 See Other\r\nLocation: /service/\r\nContent-Length: 0\r\n");
}

TEST_F(Preparing, RefusesFieldsThatBreakOutOfTheirLineOrBelongToTheServer)
{
    const std::vector<std::pair<std::string, std::string>> unsound = {{"X-A", "b\r\nSet-Cookie: c"}, {"X-A", "b\nc"},
        {"X-A", std::string("b\0c", 3)}, {"X A", "b"}, {"", "b"}, {"X-A:", "b"}, {"Content-Length", "3"},
        {"transfer-encoding", "chunked"}, {"Connection", "close"}};
    for (const auto& [name, value] : unsound)
        EXPECT_EQ(prepare(page("x").header(name, value), conditions), std::nullopt) << name;
    auto response = page("x");
    response.content_type = "text/html\r\nX: y";
    EXPECT_EQ(prepare(std::move(response), conditions), std::nullopt);
}

TEST_F(Preparing, NoContentHasNeitherTypeNorLength)
{
    Response response;
    response.status = Status::NoContent;

    EXPECT_EQ(prepared(std::move(response)).head, "HTTP/1.1 204 No Content\r\n");
}

TEST_F(Preparing, HeadGetsTheSameHeadWithoutTheBody)
{
    const auto get = prepared(page("hello"));
    conditions.method = Method::Head;
    const auto head = prepared(page("hello"));

    EXPECT_EQ(head.head, get.head);
    EXPECT_TRUE(std::holds_alternative<std::monostate>(head.body));
}

TEST_F(Preparing, AMatchingTagAnswersNotModified)
{
    conditions.if_none_match = "W/\"v1\"";

    const auto same = prepared(page("hello").header("ETag", "\"v1\""));
    const auto changed = prepared(page("hello").header("ETag", "\"v2\""));
    const auto same_file = [&] {
        conditions.if_none_match = "\"tag\"";
        return prepared(file());
    }();

    EXPECT_EQ(same.head, "HTTP/1.1 304 Not Modified\r\nETag: \"v1\"\r\n");
    EXPECT_THAT(changed.head, HasSubstr("200 OK"));
    EXPECT_THAT(same_file.head, HasSubstr("304 Not Modified"));
    EXPECT_TRUE(std::holds_alternative<std::monostate>(same_file.body));
}

TEST_F(Preparing, ATagChangesNothingForOtherMethodsAndStatuses)
{
    conditions.if_none_match = "*";
    auto missing = page("no such page").header("ETag", "\"v1\"");
    missing.status = Status::NotFound;
    EXPECT_THAT(prepared(std::move(missing)).head, HasSubstr("404 Not Found"));

    conditions.method = Method::Post;
    EXPECT_THAT(prepared(page("hello").header("ETag", "\"v1\"")).head, HasSubstr("200 OK"));
}

TEST_F(Preparing, CompressesLongTextForClientsThatTakeIt)
{
    const std::string text(5000, 'a');
    conditions.accepts_gzip = true;

    const auto answer = prepared(page(text).header("ETag", "\"v1\"").header("Vary", "Cookie"));

    EXPECT_THAT(answer.head, HasSubstr("Content-Encoding: gzip\r\n"));
    EXPECT_THAT(answer.head, HasSubstr("Vary: Cookie, Accept-Encoding\r\n"));
    EXPECT_THAT(answer.head, HasSubstr("ETag: W/\"v1\"\r\n"));
    EXPECT_LT(text_of(answer).size(), 200U);
    EXPECT_THAT(answer.head, HasSubstr("Content-Length: " + std::to_string(text_of(answer).size()) + "\r\n"));
}

TEST_F(Preparing, LeavesShortForeignAndUnwantedTextAsItIs)
{
    const std::string text(5000, 'a');
    EXPECT_THAT(prepared(page(text)).head, HasSubstr("Vary: Accept-Encoding\r\n"));
    EXPECT_THAT(prepared(page(text)).head, Not(HasSubstr("Content-Encoding")));
    conditions.accepts_gzip = true;
    EXPECT_THAT(prepared(page("short")).head, Not(HasSubstr("gzip")));
    auto image = page(text);
    image.content_type = "image/png";
    EXPECT_THAT(prepared(std::move(image)).head, Not(HasSubstr("gzip")));
    auto secret = page(text);
    secret.compressible = false;
    EXPECT_THAT(prepared(std::move(secret)).head, Not(HasSubstr("gzip")));
    EXPECT_THAT(prepared(page(text).header("Content-Encoding", "br")).head, Not(HasSubstr("gzip")));
}

TEST_F(Preparing, AFileIsSentWholeOrInPart)
{
    const auto whole = prepared(file());
    conditions.range = "bytes=2-5";
    const auto part = prepared(file());
    conditions.range = "bytes=10-";
    const auto beyond = prepared(file());

    EXPECT_THAT(whole.head, HasSubstr("200 OK"));
    EXPECT_THAT(whole.head, HasSubstr("ETag: \"tag\"\r\n"));
    EXPECT_THAT(whole.head, HasSubstr("Accept-Ranges: bytes\r\n"));
    EXPECT_THAT(whole.head, HasSubstr("Content-Length: 10\r\n"));
    EXPECT_THAT(part.head, HasSubstr("206 Partial Content"));
    EXPECT_THAT(part.head, HasSubstr("Content-Range: bytes 2-5/10\r\n"));
    EXPECT_THAT(part.head, HasSubstr("Content-Length: 4\r\n"));
    EXPECT_EQ(std::get<FilePart>(part.body).first, 2U);
    EXPECT_THAT(beyond.head, HasSubstr("416 Range Not Satisfiable"));
    EXPECT_THAT(beyond.head, HasSubstr("Content-Range: bytes */10\r\n"));
}

TEST_F(Preparing, AChangedFileIsSentWholeWhateverTheRange)
{
    conditions.range = "bytes=2-5";
    conditions.if_range = "\"older\"";

    EXPECT_THAT(prepared(file()).head, HasSubstr("200 OK"));
}

TEST_F(Preparing, AShortenedOrClosedFileIsNotSent)
{
    auto longer = file();
    std::get<FileBody>(longer.body).size = 11;
    auto closed = file();
    std::get<FileBody>(closed.body).file.close();

    EXPECT_EQ(prepare(std::move(longer), conditions), std::nullopt);
    EXPECT_EQ(prepare(std::move(closed), conditions), std::nullopt);
}

TEST_F(Preparing, AStreamIsChunkedUnlessTheClientIsOld)
{
    const auto stream = [] {
        Response response;
        response.body = std::make_unique<EndlessSource>();
        return response;
    };

    EXPECT_TRUE(prepared(stream()).is_chunked);
    EXPECT_THAT(prepared(stream()).head, HasSubstr("Transfer-Encoding: chunked\r\n"));
    conditions.is_old = true;
    EXPECT_TRUE(prepared(stream()).ends_by_close);
    EXPECT_THAT(prepared(stream()).head, Not(HasSubstr("Transfer-Encoding")));
}

TEST_F(Preparing, AnEventStreamIsNeverStoredNorBuffered)
{
    Response response;
    response.body = EventStreamBody{};

    const auto answer = prepared(std::move(response));

    EXPECT_THAT(answer.head, HasSubstr("Content-Type: text/event-stream\r\n"));
    EXPECT_THAT(answer.head, HasSubstr("Cache-Control: no-store\r\n"));
    EXPECT_THAT(answer.head, HasSubstr("X-Accel-Buffering: no\r\n"));
    EXPECT_TRUE(answer.ends_by_close);
}

} // namespace
} // namespace http
