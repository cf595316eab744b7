#include "http/body/body_reader.hpp"

#include <filesystem>
#include <fstream>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sstream>
#include <sys/stat.h>
#include <unistd.h>

namespace http {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;

constexpr std::string_view urlencoded = "application/x-www-form-urlencoded";
constexpr std::string_view multipart = "multipart/form-data; boundary=XX";

std::string field(std::string_view name, std::string_view value)
{
    return "--XX\r\nContent-Disposition: form-data; name=\"" + std::string(name) + "\"\r\n\r\n" + std::string(value) +
           "\r\n";
}

std::string file(std::string_view name, std::string_view bytes)
{
    return "--XX\r\nContent-Disposition: form-data; name=\"attachments\"; filename=\"" + std::string(name) +
           "\"\r\nContent-Type: application/octet-stream\r\n\r\n" + std::string(bytes) + "\r\n";
}

class Body : public ::testing::Test
{
  protected:
    std::filesystem::path directory =
        std::filesystem::temp_directory_path() / ("gas-utility-body-" + std::to_string(::getpid()));
    BodyLimits limits{.form_bytes = 1000, .kept_of_each = 20, .fields = 3, .files = 2, .file_bytes = 100};

    void SetUp() override { std::filesystem::create_directories(directory); }
    void TearDown() override { std::filesystem::remove_all(directory); }

    Request read(std::string_view content_type, std::string_view body, bool is_whole = true)
    {
        BodyReader reader(content_type, limits, directory);
        for (; !body.empty(); body.remove_prefix(std::min<std::size_t>(7, body.size())))
            reader.push(body.substr(0, 7));
        Request request;
        reader.finish(request, is_whole);
        descriptors = reader.take_descriptors();
        return request;
    }
    std::size_t files_left() const
    {
        return static_cast<std::size_t>(std::distance(std::filesystem::directory_iterator(directory), {}));
    }

    std::vector<base::Descriptor> descriptors;
};

std::string content(const std::filesystem::path& path)
{
    std::ostringstream text;
    text << std::ifstream(path).rdbuf();
    return text.str();
}

TEST_F(Body, ReadsAnUrlencodedForm)
{
    const auto request = read("application/x-www-form-urlencoded; charset=UTF-8", "a=1&b=two+words");

    EXPECT_EQ(request.fault, BodyFault::None);
    EXPECT_EQ(request.form_value("b"), "two words");
}

TEST_F(Body, ReadsFieldsAndFilesOfAMultipartForm)
{
    auto request = read(multipart, field("text", "a leak\xff") + file("meter.jpg", "abc") + "--XX--\r\n");

    EXPECT_EQ(request.fault, BodyFault::None);
    EXPECT_THAT(request.form, ElementsAre(Pair("text", "a leak\xEF\xBF\xBD")));
    ASSERT_EQ(request.files.size(), 1U);
    auto& upload = request.files.front();
    EXPECT_EQ(upload.field, "attachments");
    EXPECT_EQ(upload.name, "meter.jpg");
    EXPECT_EQ(upload.size, 3U);
    EXPECT_EQ(upload.sha256, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    EXPECT_EQ(content(upload.path), "abc");
    EXPECT_EQ(descriptors.size(), 1U);
    struct stat status
    {
    };
    ASSERT_EQ(::stat(upload.path.c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777U, 0600U);
}

TEST_F(Body, AnUploadedFileIsRemovedUnlessItIsReleased)
{
    std::filesystem::path kept;
    {
        auto request = read(multipart, file("a", "1") + file("b", "2") + "--XX--");
        EXPECT_EQ(files_left(), 2U);
        kept = request.files[0].release();
    }
    EXPECT_EQ(files_left(), 1U);
    EXPECT_EQ(content(kept), "1");
}

TEST_F(Body, AFieldWithoutAChosenFileIsNoFile)
{
    const auto request = read(multipart, file("", "") + file("empty.txt", "") + "--XX--");

    EXPECT_EQ(request.fault, BodyFault::None);
    ASSERT_EQ(request.files.size(), 1U);
    EXPECT_EQ(request.files[0].name, "empty.txt");
    EXPECT_EQ(request.files[0].size, 0U);
    EXPECT_EQ(content(request.files[0].path), "");
}

TEST_F(Body, ATooLargeFileIsDroppedAndTheTextIsKept)
{
    const auto request = read(multipart,
        file("big.bin", std::string(101, 'x')) + file("ok", std::string(100, 'y')) + field("text", "kept") + "--XX--");

    EXPECT_EQ(request.fault, BodyFault::FileTooLarge);
    EXPECT_EQ(request.form_value("text"), "kept");
    ASSERT_EQ(request.files.size(), 2U);
    EXPECT_TRUE(request.files[0].too_large);
    EXPECT_TRUE(request.files[0].path.empty());
    EXPECT_EQ(request.files[0].size, 101U);
    EXPECT_FALSE(request.files[1].too_large);
    EXPECT_EQ(files_left(), 1U);
}

TEST_F(Body, MoreFilesThanAllowedAreDropped)
{
    const auto request =
        read(multipart, file("a", "1") + file("b", "2") + file("c", "3") + field("text", "kept") + "--XX--");

    EXPECT_EQ(request.fault, BodyFault::TooManyFiles);
    EXPECT_EQ(request.files.size(), 2U);
    EXPECT_EQ(request.form_value("text"), "kept");
    EXPECT_EQ(files_left(), 2U);
}

TEST_F(Body, ARouteWithoutFilesTakesNone)
{
    limits.files = 0;

    const auto request = read(multipart, file("a", "1") + field("text", "kept") + "--XX--");

    EXPECT_EQ(request.fault, BodyFault::TooManyFiles);
    EXPECT_EQ(files_left(), 0U);
    EXPECT_EQ(request.form_value("text"), "kept");
}

TEST_F(Body, TooMuchTextIsCutAndBlamed)
{
    const std::string large(900, 'x');

    const auto request = read(multipart, field("a", large) + field("b", large) + field("c", "kept") + "--XX--");
    const auto short_form = read(urlencoded, "a=1&b=" + std::string(2000, 'x') + "&c=" + std::string(30, 'y'));
    const auto in_a_letter = read(urlencoded, "b=" + std::string(998, 'x') + "%C3%A4");
    const auto in_an_escape = read(urlencoded, "b=" + std::string(2997, 'x') + "%41%42");
    std::string letters;
    for (int i = 0; i < 400; ++i)
        letters += "%C3%A4";
    const auto escaped = read(urlencoded, "b=" + letters);

    EXPECT_EQ(request.fault, BodyFault::TooLarge);
    EXPECT_EQ(request.form_value("a"), large);
    EXPECT_EQ(request.form_value("b"), std::string(98, 'x'));
    EXPECT_EQ(request.form_value("c"), "kept") << "an answer below a long text";
    EXPECT_EQ(short_form.fault, BodyFault::TooLarge);
    EXPECT_THAT(short_form.form,
        ElementsAre(Pair("a", "1"), Pair("b", std::string(997, 'x')), Pair("c", std::string(20, 'y'))));
    EXPECT_THAT(in_a_letter.form, ElementsAre(Pair("b", std::string(998, 'x') + "\uFFFD")));
    EXPECT_THAT(in_an_escape.form, ElementsAre(Pair("b", std::string(999, 'x'))));
    EXPECT_EQ(escaped.fault, BodyFault::None) << "800 bytes";
}

TEST_F(Body, MoreFieldsThanAllowedAreDropped)
{
    const auto form = read(urlencoded, "a=1&b=2&c=3&d=4");
    const auto parts = read(multipart, field("a", "") + field("b", "") + field("c", "") + field("d", "") + "--XX--");

    for (const auto* request : {&form, &parts}) {
        EXPECT_EQ(request->fault, BodyFault::TooManyFields);
        EXPECT_EQ(request->form.size(), 3U);
    }
}

TEST_F(Body, ABodyThatBreaksOffKeepsWhatWasWhole)
{
    const auto request = read(multipart, field("text", "kept") + file("half.bin", "abc").substr(0, 100));

    EXPECT_EQ(request.fault, BodyFault::Malformed);
    EXPECT_EQ(request.form_value("text"), "kept");
    EXPECT_THAT(request.files, IsEmpty());
    EXPECT_EQ(files_left(), 0U);
}

TEST_F(Body, ABodyLongerThanTheServerReadsIsTooLarge)
{
    const auto request = read(multipart, field("text", "kept") + file("half.bin", "abc").substr(0, 100), false);

    EXPECT_EQ(request.fault, BodyFault::TooLarge);
    EXPECT_EQ(request.form_value("text"), "kept");
    EXPECT_EQ(files_left(), 0U);
}

TEST_F(Body, OtherContentTypesAreMalformed)
{
    EXPECT_EQ(read("application/json", "{}").fault, BodyFault::Malformed);
    EXPECT_EQ(read("", "a=1").fault, BodyFault::Malformed);
    EXPECT_EQ(read("multipart/form-data", "a=1").fault, BodyFault::Malformed);
}

TEST_F(Body, ADirectoryThatTakesNoFilesIsADiskFault)
{
    std::filesystem::remove_all(directory);

    const auto request = read(multipart, file("a", "1") + field("text", "kept") + "--XX--");

    EXPECT_EQ(request.fault, BodyFault::DiskFull);
    EXPECT_THAT(request.files, IsEmpty());
    EXPECT_EQ(request.form_value("text"), "kept");
}

} // namespace
} // namespace http
