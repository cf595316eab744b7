#include "server/arrival/origin.hpp"

#include "support/test_site.hpp"

#include <gmock/gmock.h>

namespace {

using server::parse_origin;
using server::Sender;
using server::sender_of;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

Sender sender(std::string origin, std::string host, const std::vector<std::string>& trusted = {})
{
    http::Request request;
    request.headers = {{"host", std::move(host)}, {"origin", std::move(origin)}};
    return sender_of(request, trusted);
}

TEST(Origin, IsReadInOneSpelling)
{
    for (const auto& [text, origin] : {std::pair("https://Gas.Example", "https://gas.example"),
             std::pair("HTTPS://gas.example:443", "https://gas.example"),
             std::pair("http://gas.example:80", "http://gas.example"),
             std::pair("http://gas.example:443", "http://gas.example:443"),
             std::pair("https://gas.example:8443", "https://gas.example:8443"),
             std::pair("https://[2001:db8::7]:443", "https://[2001:db8::7]"),
             std::pair("http://127.0.0.1:8000", "http://127.0.0.1:8000")})
        EXPECT_EQ(parse_origin(text), origin) << text;
    for (const auto* text : {"", "null", "gas.example", "//gas.example", "ftp://gas.example", "https://",
             "https://:443", "https://gas.example/", "https://gas.example/a", "https://gas.example?a",
             "https://gas.example#a", "https://me@gas.example", "https://me:hush@gas.example",
             "https://gas.example:", "https://gas.example:0", "https://gas.example:65536", "https://gas.example:000443",
             "https://gas.example:x", "https://*.gas.example", "https://gas example", "https://[2001:db8::7",
             "https://[x]", "https://a.example, https://b.example", "javascript://gas.example"})
        EXPECT_EQ(parse_origin(text), std::nullopt) << text;
}

TEST(Origin, WithADefaultPortIsTheSameWhicheverSideLeavesItOut)
{
    for (const auto& [origin, host] : {std::pair("https://gas.example", "gas.example:443"),
             std::pair("https://gas.example:443", "gas.example"), std::pair("http://gas.example", "gas.example:80"),
             std::pair("http://gas.example:80", "Gas.Example"), std::pair("https://[2001:db8::7]", "[2001:db8::7]:443"),
             std::pair("http://gas.example:8000", "gas.example:8000")})
        EXPECT_EQ(sender(origin, host), Sender::ThisSite) << origin << ' ' << host;
    for (const auto& [origin, host] : {std::pair("https://gas.example", "gas.example:80"),
             std::pair("http://gas.example", "gas.example:443"), std::pair("https://gas.example:8443", "gas.example"),
             std::pair("https://gas.example.evil.example", "gas.example"), std::pair("null", "gas.example"),
             std::pair("https://gas.example", "")})
        EXPECT_EQ(sender(origin, host), Sender::AnotherSite) << origin << ' ' << host;
}

TEST(Origin, MayBeTrustedWhereAProxyRewritesHost)
{
    const std::vector<std::string> trusted = {"https://gas.example", "http://gas.example:8080"};
    EXPECT_EQ(sender("https://gas.example", "node1:8000", trusted), Sender::ThisSite);
    EXPECT_EQ(sender("https://GAS.example:443", "node1:8000", trusted), Sender::ThisSite);
    EXPECT_EQ(sender("http://gas.example:8080", "node1:8000", trusted), Sender::ThisSite);
    for (const auto* origin : {"http://gas.example", "https://gas.example:8080", "https://www.gas.example", "null"})
        EXPECT_EQ(sender(origin, "node1:8000", trusted), Sender::AnotherSite) << origin;
    EXPECT_EQ(sender("https://gas.example", "node1:8000"), Sender::AnotherSite) << "not trusted";

    http::Request request;
    request.headers = {{"host", "node1"}, {"origin", "https://gas.example"}, {"sec-fetch-site", "cross-site"}};
    EXPECT_EQ(sender_of(request, trusted), Sender::AnotherSite) << "the browser knows better";
}

/// A form for a comment that Mei sends.
class FormsFromElsewhere : public testing::Test
{
  protected:
    FormsFromElsewhere() { mei.sign_in_as(site.cast.mei); }
    support::Answer send() { return mei.post(comments, {{"text", "It is cold"}}); }

    support::TestSite site;
    std::string comments = "/service/" + std::to_string(site.submit(site.cast.mei, "Boiler").value) + "/comments/";
    support::Client mei{site};
};

TEST_F(FormsFromElsewhere, AreRefusedWithWordsAboutTheWebAddressAndLogged)
{
    mei.set_header("origin", "https://evil.example\x9b\t\"");
    testing::internal::CaptureStderr();
    const auto refused = send();
    const std::string log = testing::internal::GetCapturedStderr();

    EXPECT_EQ(refused.status, 403);
    EXPECT_THAT(refused.body, AllOf(HasSubstr("This form came from another web address"), HasSubstr("reload the page"),
                                  Not(HasSubstr("You may not see this page"))));
    EXPECT_THAT(log, AllOf(HasSubstr(comments + ": form refused: Origin \"https://evil.example??\"\""),
                         HasSubstr("Host \"localhost\"")));
    EXPECT_EQ(site.database.number("SELECT count(*) FROM service_comment"), 0);
}

TEST_F(FormsFromElsewhere, AreTakenFromATrustedOrigin)
{
    mei.set_header("origin", "https://gas.example");
    testing::internal::CaptureStderr();
    EXPECT_EQ(send().status, 403);
    testing::internal::GetCapturedStderr();
    site.services().trusted_origins = {"https://gas.example"};
    EXPECT_EQ(send().status, 303);
    EXPECT_EQ(site.database.number("SELECT count(*) FROM service_comment"), 1);
    EXPECT_EQ(mei.post_without_token(comments, {{"text", "x"}}).status, 403) << "the token is asked for all the same";
}

} // namespace
