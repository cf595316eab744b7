#include "storage/s3_settings.hpp"

#include <gtest/gtest.h>

using namespace storage;

TEST(S3Settings, AnUrlNamesBucketAndPrefix)
{
    EXPECT_EQ(storage::parse_s3_url("s3://gas")->url(), "s3://gas");
    EXPECT_EQ(storage::parse_s3_url("s3://gas/")->prefix, "");
    EXPECT_EQ(storage::parse_s3_url("s3://gas.files-1/north/2026/")->bucket, "gas.files-1");
    EXPECT_EQ(storage::parse_s3_url("s3://gas.files-1/north/2026/")->prefix, "north/2026");
}

TEST(S3Settings, NamesThatSomeServerWouldReadDifferentlyAreRefused)
{
    for (const char* url : {"", "gas", "s3://", "s3://ab", "s3://Gas", "s3:///prefix", "s3://gas_1", "s3://-gas",
             "s3://gas//a", "s3://gas/a//b", "s3://gas/../b", "s3://gas/a b", "s3://gas/%2e", "s3://user:x@gas/a"})
        EXPECT_FALSE(storage::parse_s3_url(url)) << url;
}

TEST(S3Settings, AnEndpointIsAnOriginWithoutPathOrPassword)
{
    for (const char* endpoint :
        {"http://127.0.0.1:9000", "https://s3.example.com", "https://{bucket}.s3.example.com", "http://[::1]:9000"})
        EXPECT_TRUE(storage::is_s3_endpoint(endpoint)) << endpoint;
    for (const char* endpoint : {"", "s3.example.com", "ftp://s3.example.com", "https://", "https://s3.example.com/a",
             "https://me:secret@s3.example.com", "https://s3.{bucket}.example.com"})
        EXPECT_FALSE(storage::is_s3_endpoint(endpoint)) << endpoint;
}

TEST(S3Settings, TheBucketIsInThePathOrInTheHost)
{
    storage::S3Settings settings = storage::parse_s3_url("s3://gas/north").value();
    EXPECT_EQ(storage::s3_address(settings).origin, "https://gas.s3.us-east-1.amazonaws.com");
    EXPECT_EQ(storage::s3_address(settings).path, "/");

    settings.endpoint = "http://127.0.0.1:9000";
    EXPECT_EQ(storage::s3_address(settings).host, "127.0.0.1:9000");
    EXPECT_EQ(storage::s3_address(settings).path, "/gas/");

    settings.endpoint = "https://{bucket}.s3.example.com:443";
    EXPECT_EQ(storage::s3_address(settings).origin, "https://gas.s3.example.com:443");
    EXPECT_EQ(storage::s3_address(settings).host, "gas.s3.example.com");
    EXPECT_EQ(storage::s3_address(settings).path, "/");
}

TEST(S3Settings, ABucketWithDotsIsInThePathBecauseOfCertificates)
{
    const S3Settings settings = parse_s3_url("s3://files.gas.example").value();

    EXPECT_EQ(storage::s3_address(settings).host, "s3.us-east-1.amazonaws.com");
    EXPECT_EQ(storage::s3_address(settings).path, "/files.gas.example/");
}
