#include "storage/s3_answer.hpp"

#include <gtest/gtest.h>

using storage::read_s3_page;
using storage::s3_error_code;

namespace {

TEST(S3Answer, AnErrorIsKnownByItsCodeWhateverStandsAroundIt)
{
    EXPECT_EQ(s3_error_code("<Error><Code>NoSuchKey</Code></Error>"), "NoSuchKey");
    EXPECT_EQ(s3_error_code("<?xml version='1.0'?>\n<!-- <Code>Old</Code> -->\n<e:Error xmlns:e='urn:x' "
                            "a='1'><Message>&lt;Code&gt;Fake&lt;/Code&gt;</Message><e:Code "
                            "lang=\"en\"><![CDATA[Slow]]>&#68;own</e:Code></e:Error>"),
        "SlowDown");
    EXPECT_EQ(s3_error_code("<Error><Detail><Code>Inner</Code></Detail><Code>Outer</Code></Error>"), "Outer");
}

TEST(S3Answer, WhatIsNoErrorHasNoCode)
{
    for (const char* text : {"", "plain text", "<Error><Code>NoSuchKey</Code>", "<Error><Code>A</Error></Code>",
             "<html><Code>NoSuchKey</Code></html>", "<Error/>", "<CopyObjectResult><ETag>1</ETag></CopyObjectResult>"})
        EXPECT_EQ(s3_error_code(text), "") << text;
}

TEST(S3Answer, OnlyAWholeCopyIsDone)
{
    EXPECT_TRUE(
        storage::is_s3_copy_done("<CopyObjectResult xmlns=\"urn:x\"><ETag>&quot;1&quot;</ETag></CopyObjectResult>"));
    for (const char* text : {"", "<Error><Code>InternalError</Code></Error>", "<CopyObjectResult><ETag>"})
        EXPECT_FALSE(storage::is_s3_copy_done(text)) << text;
}

TEST(S3Answer, APageListsItsObjects)
{
    const auto page = read_s3_page(R"(<?xml version="1.0" encoding="UTF-8"?>
<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">
  <Name>gas</Name><IsTruncated>true</IsTruncated>
  <NextContinuationToken>a&amp;b&lt;c==</NextContinuationToken>
  <Contents><Key>north/a&amp;b&#x20;</Key><LastModified>2026-11-27T04:30:46.000Z</LastModified><Size>4711</Size><Owner><ID>1</ID></Owner></Contents>
  <Contents><Key><![CDATA[north/<c>]]></Key><LastModified>yesterday</LastModified></Contents>
</ListBucketResult>)");
    ASSERT_TRUE(page);
    ASSERT_EQ(page->objects.size(), 2U);
    EXPECT_EQ(page->objects[0].key, "north/a&b ");
    EXPECT_EQ(base::iso_utc(page->objects[0].changed), "2026-11-27T04:30:46Z");
    EXPECT_EQ(page->objects[0].size, 4711U);
    EXPECT_EQ(page->objects[1].key, "north/<c>");
    EXPECT_EQ(page->objects[1].changed, base::Time::max());
    EXPECT_EQ(page->next, "a&b<c==");
}

TEST(S3Answer, TheLastPageHasNoNextOne)
{
    const auto page = read_s3_page(
        "<s3:ListBucketResult xmlns:s3='urn:x'><s3:IsTruncated>false</s3:IsTruncated><s3:NextContinuationToken>x"
        "</s3:NextContinuationToken><s3:Contents><s3:Key>k</s3:Key></s3:Contents></s3:ListBucketResult>");
    ASSERT_TRUE(page);
    EXPECT_EQ(page->objects.at(0).key, "k");
    EXPECT_EQ(page->next, "");
    EXPECT_TRUE(read_s3_page("<ListBucketResult/>")->objects.empty());
}

TEST(S3Answer, ABrokenListIsNoList)
{
    for (const char* text : {"", "<ListBucketResult><Contents><Key>a</Key></Contents>", "<html>welcome</html>",
             "<ListBucketResult><Contents></ListBucketResult>", "{\"Contents\":[]}"})
        EXPECT_FALSE(read_s3_page(text)) << text;
}

} // namespace
