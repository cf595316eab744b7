#include "http/answer/encoding.hpp"
#include "http/answer/range.hpp"
#include "http/head/addresses.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <zlib.h>

namespace http {
namespace {

using ::testing::HasSubstr;

std::string range_of(std::string_view field, std::uint64_t size)
{
    const auto answer = read_range(field, size);
    if (answer.kind == RangeAnswer::Kind::Unsatisfiable)
        return "unsatisfiable";
    const std::string kind = answer.kind == RangeAnswer::Kind::Part ? "part " : "whole ";
    return kind + std::to_string(answer.first) + "+" + std::to_string(answer.length);
}

std::string gunzip(const std::string& bytes, std::size_t size)
{
    z_stream stream{};
    inflateInit2(&stream, 15 + 16);
    std::string text(size, '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
    stream.avail_in = static_cast<uInt>(bytes.size());
    stream.next_out = reinterpret_cast<Bytef*>(text.data());
    stream.avail_out = static_cast<uInt>(text.size());
    EXPECT_EQ(inflate(&stream, Z_FINISH), Z_STREAM_END);
    inflateEnd(&stream);
    return text;
}

TEST(Range, AnswersASingleRange)
{
    EXPECT_EQ(range_of("bytes=0-9", 100), "part 0+10");
    EXPECT_EQ(range_of("bytes=90-", 100), "part 90+10");
    EXPECT_EQ(range_of("bytes=-10", 100), "part 90+10");
    EXPECT_EQ(range_of("Bytes=99-200", 100), "part 99+1");
    EXPECT_EQ(range_of("bytes=-200", 100), "part 0+100");
}

TEST(Range, SaysWhenNothingOfItExists)
{
    EXPECT_EQ(range_of("bytes=100-", 100), "unsatisfiable");
    EXPECT_EQ(range_of("bytes=-0", 100), "unsatisfiable");
    EXPECT_EQ(range_of("bytes=0-0", 0), "unsatisfiable");
    EXPECT_EQ(range_of("bytes=-1", 0), "unsatisfiable");
}

TEST(Range, SendsAllWhenItDoesNotUnderstand)
{
    for (const auto* field : {"", "bytes", "bytes=", "bytes=-", "bytes=a-b", "bytes=1-b", "bytes=9-1", "lines=1-2",
             "bytes=0-1,5-6", "bytes=99999999999999999999-", "bytes=+1-2"})
        EXPECT_EQ(range_of(field, 100), "whole 0+100") << field;
}

TEST(EntityTags, AreComparedWeaklyForNotModifiedAndStronglyForRanges)
{
    EXPECT_TRUE(matches_any_tag("\"a\", W/\"b\"", "\"b\""));
    EXPECT_TRUE(matches_any_tag("*", "\"b\""));
    EXPECT_FALSE(matches_any_tag("\"a\"", "\"b\""));
    EXPECT_FALSE(matches_any_tag("", "\"b\""));
    EXPECT_TRUE(allows_range("", "\"b\""));
    EXPECT_TRUE(allows_range("\"b\"", "\"b\""));
    EXPECT_FALSE(allows_range("\"a\"", "\"b\""));
    EXPECT_FALSE(allows_range("W/\"b\"", "W/\"b\""));
}

TEST(Encoding, FollowsTheWeightsOfTheClient)
{
    EXPECT_TRUE(accepts_encoding("gzip, deflate, br, zstd", "gzip"));
    EXPECT_TRUE(accepts_encoding("br;q=1.0, GZIP;q=0.5", "gzip"));
    EXPECT_TRUE(accepts_encoding("*", "gzip"));
    EXPECT_FALSE(accepts_encoding("", "gzip"));
    EXPECT_FALSE(accepts_encoding("identity", "gzip"));
    EXPECT_FALSE(accepts_encoding("gzip;q=0", "gzip"));
    EXPECT_FALSE(accepts_encoding("gzip; q=0.000, *", "gzip"));
    EXPECT_FALSE(accepts_encoding("*;q=0", "gzip"));
    EXPECT_FALSE(accepts_encoding("xgzip", "gzip"));
}

TEST(Encoding, GzipGivesTheSameTextBack)
{
    std::string text;
    for (int i = 0; i < 5000; ++i)
        text += "row " + std::to_string(i) + "\n";

    const auto first = gzip(text);
    const auto second = gzip(text);

    EXPECT_LT(first.size(), text.size() / 2);
    EXPECT_EQ(first, second);
    EXPECT_EQ(gunzip(first, text.size()), text);
}

TEST(Encoding, CompressesOnlyText)
{
    EXPECT_TRUE(is_compressible_type("text/html; charset=utf-8"));
    EXPECT_TRUE(is_compressible_type("application/json"));
    EXPECT_TRUE(is_compressible_type("image/svg+xml"));
    EXPECT_FALSE(is_compressible_type("image/png"));
    EXPECT_FALSE(is_compressible_type("application/zip"));
    EXPECT_FALSE(is_compressible_type(""));
}

TEST(Addresses, AreReadAndWritten)
{
    for (const auto* text : {"127.0.0.1", "203.0.113.7", "::1", "2001:db8::5"})
        EXPECT_EQ(address_text(parse_address(text).value()), text);
    EXPECT_EQ(address_text(parse_address("[::1]").value()), "::1");
    EXPECT_EQ(address_text(parse_address("::ffff:10.0.0.1").value()), "10.0.0.1");
    for (const auto* text : {"", "unknown", "1.2.3", "1.2.3.4:80", "1.2.3.4 ", "localhost"})
        EXPECT_EQ(parse_address(text), std::nullopt) << text;
}

TEST(Addresses, NetworksContainTheirAddressesOnly)
{
    const NetworkList list({"10.1.0.0/16", "192.0.2.7", "2001:db8::/33"});
    const auto contains = [&](const char* text) { return list.contains(parse_address(text).value()); };

    EXPECT_TRUE(contains("10.1.200.3"));
    EXPECT_FALSE(contains("10.2.0.0"));
    EXPECT_TRUE(contains("192.0.2.7"));
    EXPECT_FALSE(contains("192.0.2.8"));
    EXPECT_TRUE(contains("2001:db8:7fff::1"));
    EXPECT_FALSE(contains("2001:db8:8000::1"));
    EXPECT_THROW(NetworkList({"10.0.0.0/33"}), std::runtime_error);
    EXPECT_THROW(NetworkList({"proxy"}), std::runtime_error);
    EXPECT_THROW(NetworkList({"10.0.0.0/x"}), std::runtime_error);
}

TEST(Addresses, AWrongNetworkIsRefusedWithTheReason)
{
    const auto refusal = [](const std::string& entry) -> std::string {
        try {
            NetworkList({entry});
        } catch (const std::runtime_error& error) {
            return error.what();
        }
        return {};
    };

    for (const std::string entry :
        {"proxy", "", "/8", "10.0.0.0/", "10.0.0.0/x", "10.0.0.0/-1", "10.0.0.0/8/8", "10.0/8"})
        EXPECT_THAT(refusal(entry), HasSubstr("neither an IP address nor a network such as 10.0.0.0/8")) << entry;
    EXPECT_EQ(refusal("10.0.0.0/33"), "\"10.0.0.0/33\" has a prefix of more than 32 bits");
    EXPECT_EQ(refusal("2001:db8::/129"), "\"2001:db8::/129\" has a prefix of more than 128 bits");
    EXPECT_THAT(refusal("10.1.2.3/8"), HasSubstr("has address bits behind its prefix; the network is 10.0.0.0/8"));
    EXPECT_THAT(refusal("192.0.2.129/25"), HasSubstr("the network is 192.0.2.128/25"));
    EXPECT_THAT(refusal("2001:db8::1/64"), HasSubstr("the network is 2001:db8::/64"));
    for (const std::string entry :
        {"10.0.0.0/8", "192.0.2.128/25", "10.1.2.3/32", "2001:db8::/32", "2001:db8::1/128", "0.0.0.0/0"})
        EXPECT_EQ(refusal(entry), "") << entry;
}

TEST(Addresses, ConnectionsAreCountedByAddressAndNetwork)
{
    ConnectionCounter counter(2, 4);
    const auto four = parse_address("203.0.113.7").value();
    const auto six = parse_address("2001:db8::1").value();
    const auto neighbour = parse_address("2001:db8::2").value();

    std::vector<ConnectionCounter::Place> places;
    const auto enters = [&](const Address& address, bool is_exempt = false) {
        auto entered = counter.enter(address, is_exempt);
        auto* place = std::get_if<ConnectionCounter::Place>(&entered);
        if (place != nullptr)
            places.push_back(std::move(*place));
        return place != nullptr;
    };

    EXPECT_TRUE(enters(six));
    EXPECT_TRUE(enters(neighbour));
    EXPECT_FALSE(enters(six)) << "two of the same /64 are open";
    EXPECT_TRUE(enters(four));
    EXPECT_TRUE(enters(four));
    EXPECT_FALSE(enters(six, true)) << "four are open in all";
    places.pop_back();
    EXPECT_FALSE(enters(six));
    EXPECT_TRUE(enters(six, true));
    places.clear();
    EXPECT_TRUE(enters(six));
}

} // namespace
} // namespace http
