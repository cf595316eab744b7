#include "http/body/multipart.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <random>

namespace http {
namespace {

/// Writes the parts down as text, so that two runs can be compared.
class Notes final : public PartSink
{
  public:
    std::string text;

    void begin_part(PartHead head) override { text += "[" + head.name + "|" + head.file_name.value_or("-") + "|"; }
    void part_data(std::string_view bytes) override { text += bytes; }
    void end_part() override { text += "]"; }
};

std::string state_name(MultipartParser::State state)
{
    switch (state) {
    case MultipartParser::State::Epilogue:
        return " whole";
    case MultipartParser::State::Malformed:
        return " malformed";
    case MultipartParser::State::TooManyParts:
        return " too many";
    default:
        return " unfinished";
    }
}

std::string parse(std::string_view body, std::size_t piece = std::string_view::npos, std::string_view boundary = "XX")
{
    Notes notes;
    MultipartParser parser(boundary, notes);
    while (!body.empty()) {
        const auto length = std::min(piece, body.size());
        parser.push(body.substr(0, length));
        body.remove_prefix(length);
    }
    return notes.text + state_name(parser.state());
}

std::string part(std::string_view disposition, std::string_view data)
{
    return "--XX\r\nContent-Disposition: form-data; " + std::string(disposition) + "\r\n\r\n" + std::string(data) +
           "\r\n";
}

std::string name_of(std::string_view disposition)
{
    const auto head = parse_part_head("Content-Disposition: form-data; " + std::string(disposition));
    return head ? head->name : "(none)";
}

std::string file_name_of(std::string_view parameters)
{
    const auto head = parse_part_head("content-disposition: form-data; name=f; " + std::string(parameters));
    return head ? head->file_name.value_or("(none)") : "(refused)";
}

TEST(Multipart, ReadsFieldsAndFiles)
{
    const auto body = part("name=\"text\"", "hello") +
                      part("name=\"photo\"; filename=\"a.jpg\"\r\nContent-Type: image/jpeg", "\x01\r\n\x02") +
                      "--XX--\r\n";

    EXPECT_EQ(parse(body), "[text|-|hello][photo|a.jpg|\x01\r\n\x02] whole");
}

TEST(Multipart, AnyCuttingGivesTheSameParts)
{
    const std::string tricky = "\r\r\n\r\n-\r\n--\r\n--X\r\n--XY\r\n--X\r\n\r\n--\r--XX";
    const auto body = "preamble\r\n--X\r\n" + part("name=a", tricky) + part("name=b; filename=c", "") +
                      part("name=d", "\r\n") + "--XX--\r\nepilogue --XX\r\n";
    const auto whole = parse(body);

    EXPECT_EQ(whole, "[a|-|" + tricky + "][b|c|][d|-|\r\n] whole");
    for (std::size_t piece = 1; piece < body.size(); ++piece)
        EXPECT_EQ(parse(body, piece), whole) << piece;
}

TEST(Multipart, EverySplitInTwoOrThreeGivesTheSameParts)
{
    const auto body = part("name=a", "x\r\n--X\r\r\n--") + part("name=b", "\r") + "--XX--";
    const auto whole = parse(body);
    for (std::size_t first = 0; first <= body.size(); ++first) {
        for (std::size_t second = first; second <= body.size(); ++second) {
            Notes notes;
            MultipartParser parser("XX", notes);
            parser.push(std::string_view(body).substr(0, first));
            parser.push(std::string_view(body).substr(first, second - first));
            parser.push(std::string_view(body).substr(second));
            ASSERT_EQ(notes.text + state_name(parser.state()), whole) << first << " " << second;
        }
    }
}

TEST(Multipart, RandomBytesAndSplitsGiveTheSamePartsAndNeverMoreBytes)
{
    std::mt19937 random(20240611);
    constexpr std::string_view alphabet = "\r\n-X:a";
    for (int round = 0; round < 3000; ++round) {
        std::string data;
        for (auto length = random() % 60; length > 0; --length)
            data += alphabet[random() % alphabet.size()];
        const auto body = part("name=a", data) + (round % 2 == 0 ? "--XX--" : "");
        const auto whole = parse(body);
        Notes notes;
        MultipartParser parser("XX", notes);
        for (std::string_view rest = body; !rest.empty();) {
            const auto length = std::min<std::size_t>(1 + random() % 7, rest.size());
            parser.push(rest.substr(0, length));
            rest.remove_prefix(length);
        }
        ASSERT_EQ(notes.text + state_name(parser.state()), whole);
        if (data.find("--XX") == std::string::npos && round % 2 == 0) {
            ASSERT_EQ(whole, "[a|-|" + data + "] whole");
        }
    }
}

TEST(Multipart, HostileBodiesAreMalformedOrUnfinished)
{
    const std::string disposition = "Content-Disposition: form-data; name=a\r\n\r\n";
    EXPECT_EQ(parse(""), " unfinished");
    EXPECT_EQ(parse("--"), " unfinished");
    EXPECT_EQ(parse("no boundary at all"), " unfinished");
    EXPECT_EQ(parse("--XXjunk\r\n"), " malformed");
    EXPECT_EQ(parse("--XX\n" + disposition), " malformed");
    EXPECT_EQ(parse("--XX\r\n\r\nno head\r\n--XX--"), " unfinished");
    EXPECT_EQ(parse("--XX\r\nContent-Type: text/plain\r\n\r\nx\r\n--XX--"), " malformed");
    EXPECT_EQ(parse("--XX\r\nContent-Disposition: attachment; name=a\r\n\r\nx\r\n--XX--"), " malformed");
    EXPECT_EQ(parse("--XX\r\nContent-Disposition: form-data\r\n\r\nx\r\n--XX--"), " malformed");
    EXPECT_EQ(parse("--XX\r\n" + disposition + "cut off"), "[a|-|cut off unfinished");
    EXPECT_EQ(parse("--XX\r\nA: " + std::string(9000, 'a') + "\r\n" + disposition), " malformed");
    EXPECT_EQ(parse("--XX\r\nA: " + std::string(9000, 'a') + "\r\n" + disposition, 100), " malformed");
}

TEST(Multipart, RefusesMoreThanAHundredParts)
{
    std::string body;
    for (int i = 0; i < 100; ++i)
        body += part("name=a", "");
    EXPECT_THAT(parse(body + "--XX--"), ::testing::EndsWith("] whole"));

    EXPECT_THAT(parse(body + part("name=a", "") + "--XX--"), ::testing::EndsWith("] too many"));
}

TEST(Multipart, DecodesNamesAsBrowsersEncodeThem)
{
    EXPECT_EQ(name_of("name=\"a b\""), "a b");
    EXPECT_EQ(name_of("name=\"a%22b%0D%0Ac\""), "a\"b\r\nc");
    EXPECT_EQ(name_of("name=\"a\\\"b\""), "a\"b");
    EXPECT_EQ(name_of("name=plain"), "plain");
    EXPECT_EQ(name_of("filename=x; NAME=\"n;ame\""), "n;ame");
    EXPECT_EQ(name_of("name=\"\xff\""), "\xEF\xBF\xBD");
    EXPECT_EQ(name_of("title=x"), "(none)");
}

TEST(Multipart, FileNamesLoseFoldersAndDeceptiveCharacters)
{
    EXPECT_EQ(file_name_of("filename=\"meter.jpg\""), "meter.jpg");
    EXPECT_EQ(file_name_of("filename=\"\""), "");
    EXPECT_EQ(file_name_of("title=x"), "(none)");
    EXPECT_EQ(file_name_of("filename=\"../../etc/passwd\""), "passwd");
    EXPECT_EQ(file_name_of("filename=\"C:\\photos\\meter.jpg\""), "meter.jpg");
    EXPECT_EQ(file_name_of("filename=\"a%0Db\x7f.txt\""), "ab.txt");
    EXPECT_EQ(file_name_of("filename=\"gpj.\xE2\x80\xAE"
                           "exe\""),
        "gpj.exe");
    EXPECT_EQ(file_name_of("filename=\"a\xC2\x85"
                           "b\""),
        "ab");
    EXPECT_EQ(file_name_of("filename=\"фото.png\""), "фото.png");
}

TEST(Multipart, ExtendedFileNamesComeFirst)
{
    EXPECT_EQ(file_name_of("filename=\"x\"; filename*=UTF-8''na%C3%AFve%20plan.txt"), "naïve plan.txt");
    EXPECT_EQ(file_name_of("filename*=utf-8'en'a.txt"), "a.txt");
    EXPECT_EQ(file_name_of("filename=\"x\"; filename*=latin1''%E9"), "x");
    EXPECT_EQ(file_name_of("filename=\"x\"; filename*=UTF-8''%ff"), "x");
    EXPECT_EQ(file_name_of("filename=\"x\"; filename*=UTF-8''%2"), "x");
    EXPECT_EQ(file_name_of("filename*=UTF-8''..%2Fsecret"), "secret");
}

TEST(Multipart, FindsTheBoundary)
{
    EXPECT_EQ(multipart_boundary("multipart/form-data; boundary=abc"), "abc");
    EXPECT_EQ(multipart_boundary("Multipart/Form-Data; charset=utf-8; boundary=\"a b\""), "a b");
    EXPECT_EQ(multipart_boundary("multipart/mixed; boundary=abc"), std::nullopt);
    EXPECT_EQ(multipart_boundary("multipart/form-data"), std::nullopt);
    EXPECT_EQ(multipart_boundary("multipart/form-data; boundary="), std::nullopt);
    EXPECT_EQ(multipart_boundary("multipart/form-data; boundary=" + std::string(71, 'a')), std::nullopt);
}

} // namespace
} // namespace http
