#include "web/links.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::string> links_of(std::string_view text)
{
    std::string whole;
    std::vector<std::string> links;
    for (const web::TextPart& part : web::split_links(text)) {
        whole += part.text;
        if (part.is_link)
            links.emplace_back(part.text);
    }
    EXPECT_EQ(whole, text);
    return links;
}

TEST(Links, AWebAddressIsFoundWhereverItStands)
{
    EXPECT_THAT(links_of("https://example.com/a?b=1&c=2#d"), ElementsAre("https://example.com/a?b=1&c=2#d"));
    EXPECT_THAT(links_of("See http://example.com and HTTPS://Example.com:8443/x"),
        ElementsAre("http://example.com", "HTTPS://Example.com:8443/x"));
    EXPECT_THAT(links_of("http://[2001:db8::1]/x"), ElementsAre("http://[2001:db8::1]/x"));
    EXPECT_THAT(links_of("https://müller.example/straße"), ElementsAre("https://müller.example/straße"));
    EXPECT_THAT(
        links_of("(https://a.example)(https://b.example)"), ElementsAre("https://a.example)(https://b.example"));
}

TEST(Links, PunctuationAfterItIsOutside)
{
    for (const std::string after : {".", ",", "!", "?", ";", ":", "...", "?!", ").", "\"", "'", "\u201D", "\u2019",
             "\u00BB", "\u3002", "*", "]", "\u2026"})
        EXPECT_THAT(links_of("(https://example.com/a" + after), ElementsAre("https://example.com/a")) << after;
    EXPECT_THAT(links_of("https://example.com/Gas_(fuel)"), ElementsAre("https://example.com/Gas_(fuel)"));
    EXPECT_THAT(links_of("(https://example.com/Gas_(fuel))."), ElementsAre("https://example.com/Gas_(fuel)"));
    EXPECT_THAT(links_of("https://example.com/a/"), ElementsAre("https://example.com/a/"));
}

TEST(Links, WhatIsNoWebAddressIsText)
{
    for (const std::string text : {"", "no link", "http://", "https://.", "https:// example.com", "https:///path",
             "http://)", "javascript:alert(1)", "ftp://example.com", "mailto:a@example.com", "www.example.com",
             "//example.com", "xhttps://example.com", "data:text/html,https", "https://bank.example@evil.example/",
             "https://?q", "http:/a"})
        EXPECT_THAT(links_of(text), IsEmpty()) << text;
}

TEST(Links, NothingInvisibleAndNoMarkupBecomesPartOfOne)
{
    for (const std::string end : {" ", "\t", "\n", "\r", "<", ">", "`", "\\", "\u00A0", "\u200B", "\u202E", "\u2066",
             "\u2028", "\uFEFF", "\u3000", "\x7F"})
        EXPECT_THAT(links_of("https://example.com/a" + end + "b"), ElementsAre("https://example.com/a")) << end;
    EXPECT_THAT(links_of("javascript:alert('https://example.com/')"), ElementsAre("https://example.com/"));
}

TEST(Links, TextThatIsNoUtf8AndManyAddressesAreTakenAsTheyAre)
{
    EXPECT_THAT(links_of("\xE2\x80"), IsEmpty());
    EXPECT_THAT(links_of("https://example.com/\xE2"), ElementsAre("https://example.com/"));
    std::string many;
    for (int i = 0; i < 1'000; ++i)
        many += "https://a.example ";
    EXPECT_EQ(links_of(many).size(), 1'000U);
    EXPECT_THAT(links_of(std::string(5'000, 'h')), IsEmpty());
}

} // namespace
