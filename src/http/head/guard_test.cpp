#include "http/head/guard.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <random>

namespace http {
namespace {

const HostRules hosts = {.allowed = {"gas.example", "localhost", "[::1]"}, .probe_paths = {"/readyz"}};

std::string with_fields(std::string_view fields, std::string_view line = "GET / HTTP/1.1")
{
    return std::string(line) + "\r\n" + std::string(fields) + "\r\n";
}

/// The status of the refusal; 0 for a head that passed.
int refused(std::string_view raw)
{
    const auto verdict = check_head(raw, hosts);
    const auto* refusal = std::get_if<Refusal>(&verdict);
    return refusal != nullptr ? static_cast<int>(refusal->status) : 0;
}

Head accepted(std::string_view raw)
{
    auto verdict = check_head(raw, hosts);
    auto* head = std::get_if<Head>(&verdict);
    EXPECT_NE(head, nullptr) << raw;
    return head != nullptr ? std::move(*head) : Head();
}

int refused_target(std::string_view target)
{
    return refused(with_fields("Host: localhost\r\n", "GET " + std::string(target) + " HTTP/1.1"));
}

struct Hostile
{
    const char* name;
    int status;
    std::string raw;
};

void PrintTo(const Hostile& hostile, std::ostream* out)
{
    *out << hostile.name;
}

std::string many_fields(int count)
{
    std::string fields = "Host: localhost\r\n";
    for (int i = 0; i < count; ++i)
        fields += "A: b\r\n";
    return fields;
}

const std::string post = "POST / HTTP/1.1\r\nHost: localhost\r\n";

const std::vector<Hostile> hostile_heads = {
    {"chunked with length", 411, post + "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n"},
    {"gzip coding with length", 411, post + "Transfer-Encoding: gzip\r\nContent-Length: 4\r\n\r\n"},
    {"gzip coding alone", 411, post + "Transfer-Encoding: gzip\r\n\r\n"},
    {"unknown coding", 411, post + "Transfer-Encoding: xchunked\r\n\r\n"},
    {"coding list", 411, post + "Transfer-Encoding: gzip, chunked\r\n\r\n"},
    {"chunked, then identity", 411, post + "Transfer-Encoding: chunked, identity\r\n\r\n"},
    {"plain chunked", 411, post + "transfer-ENCODING: chunked\r\n\r\n"},
    {"chunked in HTTP/1.0", 411, "POST / HTTP/1.0\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"},
    {"blank before the colon of the coding", 411, post + "Transfer-Encoding : chunked\r\n\r\n"},
    {"two different lengths", 400, post + "Content-Length: 4\r\nContent-Length: 5\r\n\r\n"},
    {"two equal lengths", 400, post + "Content-Length: 4\r\nContent-Length: 4\r\n\r\n"},
    {"list of lengths", 400, post + "Content-Length: 4, 4\r\n\r\n"},
    {"length with a sign", 400, post + "Content-Length: +4\r\n\r\n"},
    {"negative length", 400, post + "Content-Length: -1\r\n\r\n"},
    {"hexadecimal length", 400, post + "Content-Length: 0x5\r\n\r\n"},
    {"empty length", 400, post + "Content-Length: \r\n\r\n"},
    {"length that overflows", 400, post + "Content-Length: 99999999999999999999\r\n\r\n"},
    {"body of a GET", 400, "GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\n\r\n"},
    {"folded field", 400, "GET / HTTP/1.1\r\nHost: localhost\r\nA: b\r\n c\r\n\r\n"},
    {"folded field with a tab", 400, "GET / HTTP/1.1\r\nHost: localhost\r\nA: b\r\n\tc\r\n\r\n"},
    {"field before the first", 400, "GET / HTTP/1.1\r\n Host: localhost\r\n\r\n"},
    {"blank before the colon", 400, "GET / HTTP/1.1\r\nHost : localhost\r\n\r\n"},
    {"field without a colon", 400, "GET / HTTP/1.1\r\nHost: localhost\r\nnonsense\r\n\r\n"},
    {"field without a name", 400, "GET / HTTP/1.1\r\nHost: localhost\r\n: b\r\n\r\n"},
    {"lone line feeds", 400, "GET / HTTP/1.1\nHost: localhost\r\n\r\n"},
    {"lone carriage return", 400, "GET / HTTP/1.1\r\nHost: localhost\r\nA: b\rc\r\n\r\n"},
    {"NUL in a value", 400, "GET / HTTP/1.1\r\nHost: localhost\r\nA: b" + std::string(1, '\0') + "c\r\n\r\n"},
    {"escape character in a value", 400, "GET / HTTP/1.1\r\nHost: localhost\r\nA: \x1b[1m\r\n\r\n"},
    {"no host", 400, "GET / HTTP/1.1\r\nA: b\r\n\r\n"},
    {"no field at all", 400, "GET / HTTP/1.1\r\n\r\n"},
    {"two hosts", 400, "GET / HTTP/1.1\r\nHost: localhost\r\nHost: localhost\r\n\r\n"},
    {"empty host", 400, "GET / HTTP/1.1\r\nHost:\r\n\r\n"},
    {"host with a user", 400, "GET / HTTP/1.1\r\nHost: localhost@evil.example\r\n\r\n"},
    {"host list", 400, "GET / HTTP/1.1\r\nHost: localhost, evil.example\r\n\r\n"},
    {"host with a bad port", 400, "GET / HTTP/1.1\r\nHost: localhost:80x\r\n\r\n"},
    {"host of somebody else", 421, "GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n"},
    {"host that begins like ours", 421, "GET / HTTP/1.1\r\nHost: localhost.evil.example\r\n\r\n"},
    {"absolute form", 400, "GET http://localhost/ HTTP/1.1\r\nHost: localhost\r\n\r\n"},
    {"asterisk form", 400, "OPTIONS * HTTP/1.1\r\nHost: localhost\r\n\r\n"},
    {"tunnel", 405, "CONNECT localhost:443 HTTP/1.1\r\nHost: localhost\r\n\r\n"},
    {"trace", 405, "TRACE / HTTP/1.1\r\nHost: localhost\r\n\r\n"},
    {"tab in the target", 400, "GET /a\tb HTTP/1.1\r\nHost: localhost\r\n\r\n"},
    {"raw 8-bit target", 400, "GET /\xC3\xA9 HTTP/1.1\r\nHost: localhost\r\n\r\n"},
    {"two blanks", 400, "GET  / HTTP/1.1\r\nHost: localhost\r\n\r\n"},
    {"HTTP/2.0", 400, "GET / HTTP/2.0\r\nHost: localhost\r\n\r\n"},
    {"HTTP/1.2", 400, "GET / HTTP/1.2\r\nHost: localhost\r\n\r\n"},
    {"no version", 400, "GET /\r\nHost: localhost\r\n\r\n"},
    {"method with a slash", 400, "GE/T / HTTP/1.1\r\nHost: localhost\r\n\r\n"},
    {"too many fields", 431, "GET / HTTP/1.1\r\n" + many_fields(100) + "\r\n"},
    {"fields beyond 8 KiB", 431, "GET / HTTP/1.1\r\nHost: localhost\r\nA: " + std::string(9000, 'a') + "\r\n\r\n"},
    {"target beyond 8 KiB", 414, "GET /" + std::string(9000, 'a') + " HTTP/1.1\r\nHost: localhost\r\n\r\n"},
};

class HostileHead : public ::testing::TestWithParam<Hostile>
{
};

TEST_P(HostileHead, IsRefused)
{
    EXPECT_EQ(refused(GetParam().raw), GetParam().status);
}

INSTANTIATE_TEST_SUITE_P(Guard, HostileHead, ::testing::ValuesIn(hostile_heads));

TEST(Guard, AnIpAddressAsHostIsForHealthChecksOnly)
{
    const auto head = [](std::string_view host, std::string_view line) {
        return with_fields("Host: " + std::string(host) + "\r\n", line);
    };
    for (const auto* host : {"10.0.0.5", "10.0.0.5:8000", "[2001:db8::7]", "[2001:db8::7]:8000"}) {
        EXPECT_TRUE(accepted(head(host, "GET /readyz HTTP/1.1")).is_for_operations_only) << host;
        EXPECT_TRUE(accepted(head(host, "GET /readyz?x HTTP/1.0")).is_for_operations_only) << host;
        for (const auto* line : {"GET / HTTP/1.1", "GET /readyz/ HTTP/1.1", "GET /readyzz HTTP/1.1"})
            EXPECT_EQ(refused(head(host, line)), 421) << host << ' ' << line;
    }
    for (const auto* host : {"node1", "10.0.0", "10.0.0.5.example", "[::x]", "[10.0.0.5", "*"})
        EXPECT_NE(refused(head(host, "GET /readyz HTTP/1.1")), 0) << host;
    EXPECT_FALSE(accepted(head("localhost", "GET /readyz HTTP/1.1")).is_for_operations_only);
}

TEST(Guard, ReadsAnOrdinaryBrowserRequest)
{
    const auto head =
        accepted("POST /service/create/?next=%2Fservice%2F&q=a+b&q=c HTTP/1.1\r\nHost: GAS.example:8000\r\n"
                 "Cookie: session=abc; theme=\"dark\"; empty=\r\nContent-Length: 12\r\n"
                 "Accept: text/html\r\nAccept: */*\r\nExpect: 100-Continue\r\n\r\n");

    EXPECT_EQ(head.request.method, Method::Post);
    EXPECT_EQ(head.request.path, "/service/create/");
    EXPECT_EQ(head.request.target, "/service/create/?next=%2Fservice%2F&q=a+b&q=c");
    EXPECT_EQ(head.request.query_value("next"), "/service/");
    EXPECT_EQ(head.request.query_value("q"), "a b");
    EXPECT_EQ(head.request.query_value("absent"), std::nullopt);
    EXPECT_EQ(head.request.host, "gas.example:8000");
    EXPECT_EQ(head.request.cookie("session"), "abc");
    EXPECT_EQ(head.request.cookie("theme"), "\"dark\"");
    EXPECT_EQ(head.request.cookie("absent"), "");
    EXPECT_EQ(head.request.header("accept"), "text/html, */*");
    EXPECT_EQ(head.content_length, 12U);
    EXPECT_TRUE(head.keep_alive);
    EXPECT_TRUE(head.expects_continue);
}

TEST(Guard, TheFirstOfEqualCookiesCounts)
{
    const auto head = accepted(with_fields("Host: localhost\r\nCookie: a=1; a=2\r\nCookie: a=3; b=4\r\n"));

    EXPECT_EQ(head.request.cookie("a"), "1");
    EXPECT_EQ(head.request.cookie("b"), "4");
    EXPECT_EQ(head.request.header("cookie"), "a=1; a=2; a=3; b=4");
}

TEST(Guard, KnowsWhetherTheConnectionStays)
{
    EXPECT_TRUE(accepted(with_fields("Host: localhost\r\n")).keep_alive);
    EXPECT_FALSE(accepted(with_fields("Host: localhost\r\nConnection: te, CLOSE\r\n")).keep_alive);
    EXPECT_FALSE(accepted(with_fields("Host: localhost\r\nConnection: keep-alive\r\n", "GET / HTTP/1.0")).keep_alive);
}

TEST(Guard, OtherMethodsAreLeftToTheRouter)
{
    EXPECT_EQ(accepted(with_fields("Host: localhost\r\n", "DELETE / HTTP/1.1")).request.method, Method::Other);
    EXPECT_EQ(accepted(with_fields("Host: localhost\r\n", "get / HTTP/1.1")).request.method, Method::Other);
}

TEST(Guard, ComparesHostNamesWithoutPortAndCase)
{
    EXPECT_EQ(refused(with_fields("Host: LocalHost:8000\r\n")), 0);
    EXPECT_EQ(refused(with_fields("Host: [::1]:8000\r\n")), 0);
    EXPECT_EQ(refused(with_fields("Host: [::1]\r\n")), 0);
    EXPECT_EQ(refused(with_fields("Host: [::2]\r\n")), 421);
    const auto verdict = check_head(with_fields("Host: any.example\r\n"), {.allowed = {"*"}});
    EXPECT_TRUE(std::holds_alternative<Head>(verdict));
}

TEST(Guard, DecodesAPathOnce)
{
    EXPECT_EQ(
        accepted(with_fields("Host: localhost\r\n", "GET /caf%C3%A9/%2541+b HTTP/1.1")).request.path, "/café/%41+b");
}

TEST(Guard, RefusesTargetsThatMeanSomethingElseThanTheySeem)
{
    EXPECT_EQ(refused_target("/%2e%2e/etc/passwd"), 400);
    EXPECT_EQ(refused_target("/a/../b"), 400);
    EXPECT_EQ(refused_target("/a/.."), 400);
    EXPECT_EQ(refused_target("/./a"), 400);
    EXPECT_EQ(refused_target("/a%2f..%2fb"), 400);
    EXPECT_EQ(refused_target("/a%00b"), 400);
    EXPECT_EQ(refused_target("/a%0d%0ab"), 400);
    EXPECT_EQ(refused_target("/%ff"), 400);
    EXPECT_EQ(refused_target("/%c0%af"), 400);
    EXPECT_EQ(refused_target("/%zz"), 400);
    EXPECT_EQ(refused_target("/a%2"), 400);
    EXPECT_EQ(refused_target("//evil.example/"), 400);
    EXPECT_EQ(refused_target("/%2Fevil.example/"), 400);
    EXPECT_EQ(refused_target("/%5Cevil.example/"), 400);
    EXPECT_EQ(refused_target("/a#b"), 400);
    EXPECT_EQ(refused_target("/?q=%ff"), 400);
    EXPECT_EQ(refused_target("/?q=%00"), 400);
    EXPECT_EQ(refused_target("/..a/b..c/"), 0);
    EXPECT_EQ(refused_target("/?q=100%"), 0);
}

TEST(Guard, FindsTheEndOfAHead)
{
    const std::string head = with_fields("Host: localhost\r\n");

    for (std::size_t length = 0; length < head.size(); ++length)
        EXPECT_EQ(find_head_end(head.substr(0, length)), 0U);
    EXPECT_EQ(find_head_end(head), head.size());
    EXPECT_EQ(find_head_end(head + "POST /next"), head.size());
}

TEST(Guard, GivesUpEarlyOnWhatCanNeverBecomeAHead)
{
    EXPECT_FALSE(check_partial_head("GET / HT"));
    EXPECT_FALSE(check_partial_head("GET / HTTP/1.1\r"));
    EXPECT_TRUE(check_partial_head("\x16\x03\x01\x02"));
    EXPECT_TRUE(check_partial_head("GET / HTTP/1.1\nHost"));
    EXPECT_TRUE(check_partial_head(std::string(head_limit, 'a')));
    EXPECT_FALSE(check_partial_head(std::string(head_limit - 1, 'a')));
}

// The property behind the table above: a head that passes can be read in one way only.
TEST(Guard, WhateverIsDoneToAHeadNothingAmbiguousPasses)
{
    const std::string good = "POST /a/%41?q=%42 HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\nA: b\r\n\r\n";
    const std::vector<std::string> pieces = {"\r\n", "\n", "\r", " ", "\t", ":", ",", "%", "%00", "/..", "%2e%2e/",
        "\xff", "Transfer-Encoding: chunked\r\n", "Content-Length: 5\r\n", "Host: localhost\r\n", "HTTP/1.0", "4", "+",
        ";"};
    std::mt19937 random(20240611);
    int passed = 0;
    for (int round = 0; round < 30'000; ++round) {
        std::string head = good;
        for (auto changes = 1 + random() % 3; changes > 0; --changes) {
            const auto at = random() % head.size();
            head.replace(at, random() % 4, pieces[random() % pieces.size()]);
        }
        const auto verdict = check_head(head.substr(0, find_head_end(head)), hosts);
        const auto* passing = std::get_if<Head>(&verdict);
        if (passing == nullptr)
            continue;
        ++passed;
        const auto count = [&](const std::string& name) {
            const auto& fields = passing->request.headers;
            return std::count_if(fields.begin(), fields.end(), [&](const auto& field) { return field.first == name; });
        };
        ASSERT_EQ(count("host"), 1) << head;
        ASSERT_EQ(count("transfer-encoding"), 0) << head;
        ASSERT_EQ(passing->request.header("content-length").find_first_not_of("0123456789"), std::string_view::npos)
            << head;
        ASSERT_EQ(passing->request.path.front(), '/') << head;
        ASSERT_EQ(passing->request.path.find("/../"), std::string::npos) << head;
    }
    EXPECT_GT(passed, 1000);
}

// Whatever passes must not depend on how much of the stream was there: no prefix of a good head is a good head.
TEST(Guard, NoProperPrefixOfAHeadPasses)
{
    const std::string head = with_fields("Host: localhost\r\nContent-Length: 10\r\n", "POST /a HTTP/1.1");

    for (std::size_t length = 2; length < head.size(); ++length)
        EXPECT_NE(refused(head.substr(0, length)), 0) << length;
}

} // namespace
} // namespace http
