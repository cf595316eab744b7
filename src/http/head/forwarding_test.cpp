#include "http/head/forwarding.hpp"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

namespace http {
namespace {

using Fields = std::vector<std::pair<std::string, std::string>>;

std::string read(std::string_view text)
{
    const auto address = parse_forwarded_address(text);
    return address ? address_text(*address) : "none";
}

Request passed_on(Fields fields, std::string peer = "10.0.0.1")
{
    static const NetworkList proxies({"10.0.0.0/8", "2001:db8:1::/48"});
    Request request;
    request.remote_address = peer;
    request.headers = std::move(fields);
    apply_forwarding(request, parse_address(peer).value(), proxies);
    return request;
}

Request named(std::string field)
{
    return passed_on({{"x-forwarded-for", std::move(field)}});
}

TEST(Forwarding, AnAddressMayHaveAPortAndBrackets)
{
    EXPECT_EQ(read("203.0.113.7"), "203.0.113.7");
    EXPECT_EQ(read("203.0.113.7:51515"), "203.0.113.7");
    EXPECT_EQ(read("[2001:db8::7]:443"), "2001:db8::7");
    EXPECT_EQ(read("[2001:db8::7]"), "2001:db8::7");
    EXPECT_EQ(read("2001:db8::7"), "2001:db8::7");
    EXPECT_EQ(read("::ffff:203.0.113.7"), "203.0.113.7");
}

TEST(Forwarding, WhatIsNoAddressIsNotRead)
{
    for (const auto* text : {"", "unknown", "_hidden", "unknown:80", "localhost", "203.0.113.7:", "203.0.113.7:65536",
             "203.0.113.7:_x", "203.0.113.7:000080", "203.0.113.7:80:90", "203.0.113", "203.0.113.7 8.8.8.8",
             "[2001:db8::7", "2001:db8::7]", "[2001:db8::7]443", "[2001:db8::7]:", "[2001:db8::7]x:443", "[]", "[]:80",
             "fe80::1%eth0", "for=203.0.113.7", "\"203.0.113.7\""})
        EXPECT_EQ(read(text), "none") << text;
}

TEST(Forwarding, IsBelievedUpToTheFirstStranger)
{
    for (const auto* field : {"203.0.113.7", "6.6.6.6, 203.0.113.7, 10.0.0.2", "nonsense, 203.0.113.7:51515",
             "127.0.0.1,203.0.113.7", "203.0.113.7, 10.0.0.3:80, [2001:db8:1::5]:443"}) {
        const Request request = named(field);
        EXPECT_EQ(request.remote_address, "203.0.113.7") << field;
        EXPECT_EQ(request.forwarding, Forwarding::Named) << field;
        EXPECT_FALSE(request.is_from_operations()) << field;
    }
}

TEST(Forwarding, WhoeverCannotBeReadIsNotTakenForTheProxy)
{
    for (const auto* field : {"unknown", "_hidden", "", " ", "6.6.6.6, nonsense", "6.6.6.6,", "6.6.6.6, , 10.0.0.2",
             "unknown, 10.0.0.2", "203.0.113.7:port"}) {
        const Request request = named(field);
        EXPECT_EQ(request.forwarding, Forwarding::Unreadable) << field;
        EXPECT_EQ(request.remote_address, "10.0.0.1") << field;
        EXPECT_FALSE(request.is_from_operations()) << field;
    }
}

TEST(Forwarding, OneWhoIsNamedHasNoRightsOfThisMachineOrAProxy)
{
    for (const auto* field : {"127.0.0.1", "::1", "10.0.0.2", "10.0.0.1", "6.6.6.6, 127.0.0.1"}) {
        const Request request = named(field);
        EXPECT_EQ(request.forwarding, Forwarding::Named) << field;
        EXPECT_FALSE(request.is_from_operations()) << field;
    }
    EXPECT_EQ(named("10.0.0.7, 10.0.0.2").remote_address, "10.0.0.7") << "all are proxies: the first one asked";
}

TEST(Forwarding, AProxyThatNamesNobodyAsksForItselfOnlyWhenItPassesNothingOn)
{
    EXPECT_EQ(passed_on({}).forwarding, Forwarding::ProxyItself);
    EXPECT_TRUE(passed_on({{"host", "localhost"}}).is_from_operations());
    EXPECT_TRUE(passed_on({}, "2001:db8:1::9").is_from_operations());
    for (const auto* name : {"x-forwarded-proto", "x-forwarded-host", "forwarded", "x-real-ip"}) {
        const Request request = passed_on({{name, "https"}});
        EXPECT_EQ(request.forwarding, Forwarding::Unnamed) << name;
        EXPECT_FALSE(request.is_from_operations()) << name;
    }
    EXPECT_TRUE(passed_on({{"x-forwarded-proto", "http, HTTPS"}}).secure);
    EXPECT_FALSE(passed_on({{"x-forwarded-proto", "https, http"}}).secure);
}

TEST(Forwarding, FieldsOfStrangersDoNotCountAndTakeTheRightsOfThisMachine)
{
    for (const auto* peer : {"203.0.113.9", "127.0.0.1", "::1"}) {
        const Request request = passed_on({{"x-forwarded-for", "10.0.0.1"}, {"x-forwarded-proto", "https"}}, peer);
        EXPECT_EQ(request.forwarding, Forwarding::Untrusted) << peer;
        EXPECT_EQ(request.remote_address, peer);
        EXPECT_FALSE(request.secure) << peer;
        EXPECT_FALSE(request.is_from_operations()) << peer;
    }
    EXPECT_TRUE(passed_on({}, "127.0.0.1").is_from_operations());
    EXPECT_TRUE(passed_on({}, "::1").is_from_operations());
    EXPECT_FALSE(passed_on({}, "203.0.113.9").is_from_operations());
}

} // namespace
} // namespace http
