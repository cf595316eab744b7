#include "asset_compiler/encode.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cstdint>
#include <string>

#include <zlib.h>

namespace {

using namespace asset_compiler;

std::string gunzip(const std::string& encoded)
{
    z_stream stream{};
    inflateInit2(&stream, 15 + 16);
    std::string out(1'000'000, '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(encoded.data()));
    stream.avail_in = static_cast<uInt>(encoded.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    const int result = inflate(&stream, Z_FINISH);
    out.resize(stream.total_out);
    inflateEnd(&stream);
    return result == Z_STREAM_END ? out : "broken";
}

std::string every_byte()
{
    std::string bytes;
    for (int i = 0; i < 256 * 40; ++i) {
        bytes += static_cast<char>(i % 256);
    }
    return bytes;
}

TEST(Encode, GzipGivesTheSameBytesBack)
{
    EXPECT_EQ(gunzip(gzip("")), "");
    EXPECT_EQ(gunzip(gzip(every_byte())), every_byte());
}

TEST(Encode, EncodingIsTheSameEachTime)
{
    EXPECT_EQ(gzip(every_byte()), gzip(every_byte()));
    EXPECT_EQ(brotli(every_byte()), brotli(every_byte()));
    EXPECT_LT(brotli(every_byte()).size(), every_byte().size() / 4);
}

TEST(Encode, HashIsThePublishedOneOfTheEmptyText)
{
    EXPECT_EQ(sha256_hex(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

} // namespace
