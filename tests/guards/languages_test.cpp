// Every page in a language that puts each message into ⟦brackets⟧: words outside of them were never given to a
// translator.

#include "guards/scene.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <memory>
#include <regex>
#include <set>

namespace {

using guards::RouteRow;

constexpr std::string_view open_bracket = "⟦";
constexpr std::string_view close_bracket = "⟧";

/// The text without what is in brackets; `depth` is how deep in them it begins and ends.
std::string outside_brackets(std::string_view text, int& depth)
{
    std::string outside;
    while (!text.empty()) {
        if (text.starts_with(open_bracket)) {
            ++depth;
            text.remove_prefix(open_bracket.size());
        } else if (text.starts_with(close_bracket)) {
            --depth;
            text.remove_prefix(close_bracket.size());
        } else {
            if (depth == 0)
                outside += text.front();
            text.remove_prefix(1);
        }
    }
    return outside;
}

std::string outside_brackets(std::string_view text)
{
    int depth = 0;
    return outside_brackets(text, depth);
}

/// Values of attributes that people read or hear.
constexpr std::array<std::string_view, 6> read_attributes = {
    " title=\"", " aria-label=\"", " placeholder=\"", " alt=\"", " content=\"", " data-say=\""};

void add_attributes(std::string_view tag, std::vector<std::string>& words)
{
    for (const std::string_view attribute : read_attributes) {
        const auto at = tag.find(attribute);
        if (at == std::string_view::npos || tag.starts_with("<meta name=\"viewport") ||
            tag.starts_with("<meta name=\"color-scheme") || tag.starts_with("<meta name=\"theme-color") ||
            tag.starts_with("<meta name=\"robots"))
            continue;
        const auto value = tag.substr(at + attribute.size());
        words.push_back(outside_brackets(value.substr(0, value.find('"'))));
    }
}

/// Scripts, styles, and what says itself in which language it is.
bool is_left_out(std::string_view html)
{
    const std::string_view tag = html.substr(0, html.find('>'));
    return tag.starts_with("<script") || tag.starts_with("<style") ||
           (!tag.starts_with("<html") && tag.find(" lang=\"") != std::string_view::npos);
}

/// What people read of a page without what is in brackets: its text and the attributes above, one piece each. A
/// message goes on in the elements that stand in it.
std::vector<std::string> words_of(std::string_view html)
{
    std::vector<std::string> words;
    int depth = 0;
    while (!html.empty()) {
        const auto open = html.find('<');
        words.push_back(outside_brackets(html.substr(0, open), depth));
        if (open == std::string_view::npos)
            break;
        html.remove_prefix(open);
        const bool is_hidden = is_left_out(html);
        const auto end = is_hidden ? html.find("</", 1) : 0;
        const auto close = std::min(html.find('>', end), html.size() - 1);
        if (!is_hidden)
            add_attributes(html.substr(0, close), words);
        html.remove_prefix(close + 1);
    }
    return words;
}

bool has_word(std::string_view text)
{
    int letters = 0;
    for (const unsigned char byte : text) {
        letters = std::isalpha(byte) != 0 ? letters + 1 : 0;
        if (letters == 2)
            return true;
    }
    return false;
}

/// What somebody typed or the operator configured: the same in every language.
constexpr std::array own_words = {"Hearthway Gas", "Mei Chen", "Omar Haddad", "Ravi Patel", "Sofia Marchetti",
    "Ada Byrne", "Nina Ruiz", "12 Elm Street", "14 Elm Street", "9 Oak Street", "The valve in the cellar drips",
    "Please read my meter", "The valve drips", "It drips again", "It drips more", "It hisses", "By the meter",
    "We are coming", "Crew is late", "Mended", "meter.png", "valve"};

/// References, temporary passwords, keys of authenticator apps, emails, initials, user names and time
/// zones.
const std::regex& own_shapes()
{
    static const std::regex shapes(
        R"(SR-\d+|\b(\w{4}-){3}\w{4}\b|\b([A-Z2-7]{4} ){7}[A-Z2-7]{4}\b|[a-z]+@example\.com|\b[A-Z]{2}\b|\b([Mm]ei|omar|ravi|sofia|ada|nina|lena)\b)"
        R"(|\b(Africa|America|Antarctica|Arctic|Asia|Atlantic|Australia|Europe|Indian|Pacific)/[\w/+-]+|\bUTC\b)",
        std::regex::optimize);
    return shapes;
}

std::string without_own_words(std::string text)
{
    for (const std::string_view own : own_words)
        for (auto at = text.find(own); at != std::string::npos; at = text.find(own))
            text.erase(at, own.size());
    return std::regex_replace(text, own_shapes(), "");
}

class Languages : public testing::Test
{
  protected:
    guards::Scene scene;
    /// "words (route)" of each piece that escaped.
    std::set<std::string> escaped;

    support::Client reader(std::size_t who) { return reader(scene, who); }
    static support::Client reader(guards::Scene& in, std::size_t who)
    {
        support::Client client = in.client(who);
        client.set_header("accept-language", "en-XA");
        return client;
    }

    void look_at(const support::Answer& answer, const RouteRow& row)
    {
        if (!answer.content_type.starts_with("text/html"))
            return;
        if (answer.header("X-Fragment").empty()) {
            EXPECT_NE(answer.body.find("lang=\"en-XA\""), std::string::npos) << guards::name_of(row);
        }
        for (const std::string& piece : words_of(answer.body)) {
            const std::string left = without_own_words(piece);
            if (has_word(left))
                escaped.insert(left + " (" + guards::name_of(row) + ")");
        }
    }

    void expect_nothing_escaped() const
    {
        std::string list;
        for (const std::string& words : escaped)
            list += words + "\n";
        EXPECT_EQ(list, "");
    }
};

TEST(LanguageGuard, SeesWordsOutsideOfBracketsInTextsAndAttributes)
{
    const auto pieces = words_of("<p title=\"Hello there\">⟦one ⟦two⟧⟧ three</p><script>let x</script><b>⟦four⟧</b>"
                                 "<p>⟦call <a>us</a> now⟧ five</p><a lang=\"es\">seis</a>");
    std::vector<std::string> left;
    for (const std::string& piece : pieces) {
        if (has_word(piece))
            left.push_back(piece);
    }
    EXPECT_THAT(left, testing::ElementsAre("Hello there", " three", " five"));
}

TEST_F(Languages, NoWordOfAnyPageEscapesTranslation)
{
    for (std::size_t who = 0; who < guards::people.size(); ++who) {
        for (const RouteRow& row : guards::route_rows()) {
            if (row.method != http::Method::Get)
                continue;
            support::Client client = reader(who);
            look_at(scene.ask(client, row), row);
        }
    }
    expect_nothing_escaped();
}

TEST_F(Languages, NoWordOfARefusedFormEscapesTranslation)
{
    for (std::size_t who = 0; who < guards::people.size(); ++who) {
        for (const RouteRow& row : guards::route_rows()) {
            if (row.method != http::Method::Post)
                continue;
            support::Client client = reader(who);
            look_at(client.post(scene.address(row), {}), row);
            support::Client stranger = reader(who);
            look_at(stranger.post_without_token(scene.address(row), row.fields), row);
        }
    }
    expect_nothing_escaped();
}

TEST_F(Languages, NoWordAfterAnythingWasDoneEscapesTranslation)
{
    for (std::size_t who = 0; who < guards::people.size(); ++who) {
        for (const RouteRow& row : guards::route_rows()) {
            if (row.method != http::Method::Post)
                continue;
            // In a site of its own: who closed the profile does nothing afterwards.
            const auto other = row.pattern == "/account/close/" ? std::make_unique<guards::Scene>() : nullptr;
            support::Client client = reader(other ? *other : scene, who);
            const support::Answer answer = scene.ask(client, row);
            look_at(answer, row);
            if (!answer.location().empty())
                look_at(client.get(answer.location()), row);
        }
    }
    expect_nothing_escaped();
}

} // namespace
