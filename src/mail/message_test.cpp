#include "mail/message.hpp"

#include "mail/encoding.hpp"
#include "support/fake_clock.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>
#include <stdexcept>

namespace {

using testing::AllOf;
using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

mail::Message message()
{
    return {.from_name = "Hearthway Gas",
        .from = "service@gas.example",
        .to = "mei@example.com",
        .reply_to = "answers@gas.example",
        .subject = "We received your request SR-00042",
        .text = "Hello\n",
        .html = "<p>Hello</p>",
        .date = support::FakeClock::start,
        .message_id = "<mail-7-1@gas.example>",
        .thread_id = "<request-42@gas.example>",
        .language = "en"};
}

std::size_t longest_line(const std::string& text)
{
    std::size_t longest = 0;
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);)
        longest = std::max(longest, line.size());
    return longest;
}

TEST(MailMessage, HasTheHeadersThatMailProgramsAndServersLookFor)
{
    EXPECT_THAT(mail::wire_text(message()),
        AllOf(StartsWith("From: \"Hearthway Gas\"\r\n <service@gas.example>\r\nTo: mei@example.com\r\n"
                         "Reply-To: answers@gas.example\r\nSubject: We received your request SR-00042\r\n"
                         "Date: Mon, 16 Nov 2026 21:31:00 +0000\r\nMessage-ID: <mail-7-1@gas.example>\r\n"
                         "In-Reply-To: <request-42@gas.example>\r\nReferences: <request-42@gas.example>\r\n"
                         "Auto-Submitted: auto-generated\r\n"),
            HasSubstr(
                "\r\nContent-Language: en\r\nMIME-Version: 1.0\r\nContent-Type: multipart/alternative;\r\n boundary="),
            HasSubstr("Content-Type: text/plain; charset=UTF-8\r\n"),
            HasSubstr("Content-Type: text/html; charset=UTF-8\r\n"), EndsWith("--\r\n")));
}

TEST(MailMessage, LetsNobodyBeginAnotherHeader)
{
    mail::Message hostile = message();
    hostile.subject = "Hello\r\nBcc: omar@example.com";
    hostile.from_name = "Gas\nBcc: omar@example.com";
    EXPECT_THAT(mail::wire_text(hostile), Not(HasSubstr("\nBcc:")));

    hostile.to = "mei@example.com\r\nBcc: omar@example.com";
    EXPECT_THROW(static_cast<void>(mail::wire_text(hostile)), std::invalid_argument);
    EXPECT_FALSE(mail::is_address(hostile.to));
}

TEST(MailMessage, EncodesWordsOfEveryLanguageInShortLines)
{
    mail::Message spanish = message();
    spanish.from_name = "Gas y Energía de la Región Señorial";
    for (int i = 0; i < 20; ++i)
        spanish.subject += " está resuelta ñandú 漢字";
    spanish.text = std::string(2000, 'x') + "\ná=é \n.\n";
    const std::string wire = mail::wire_text(spanish);

    EXPECT_LE(longest_line(wire), 79U);
    EXPECT_TRUE(std::ranges::all_of(wire, [](char c) { return static_cast<unsigned char>(c) < 0x80; }));
    EXPECT_THAT(wire, AllOf(HasSubstr("Subject: =?UTF-8?B?"), HasSubstr("=C3=A1=3D=C3=A9=20\r\n=2E\r\n")));
}

TEST(MailMessage, FoldsALongSubjectAtItsBlanks)
{
    mail::Message long_one = message();
    for (int i = 0; i < 30; ++i)
        long_one.subject += " and more words";
    EXPECT_LE(longest_line(mail::wire_text(long_one)), 79U);
}

TEST(MailMessage, KnowsWhatCanBeWrittenTo)
{
    for (const char* good : {"mei@example.com", "o'brien+gas@mail.example", "ñ@example.com"})
        EXPECT_TRUE(mail::is_address(good)) << good;
    for (const char* bad : {"", "mei", "@example.com", "mei@", "a@b@c", "mei chen@example.com", "<mei@example.com>",
             "mei@example.com,omar@example.com", "mei@exämple.com"})
        EXPECT_FALSE(mail::is_address(bad)) << bad;
}

} // namespace
