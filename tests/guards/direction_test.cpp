// Every page with Hebrew in whatever somebody can type: it must not move the words beside it, so each piece stands in a
// <bdi>, alone in an element with dir="auto", in a <textarea>, or between Unicode's isolates.

#include "guards/scene.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <set>

namespace {

constexpr std::string_view hebrew = "\u05E9\u05DC\u05D5\u05DD";
constexpr std::string_view isolate = "\u2068";
constexpr std::string_view end_of_isolate = "\u2069";
constexpr std::array<std::string_view, 13> void_elements = {
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "use", "wbr"};

struct Element
{
    std::string name;
    bool finds_direction = false;
};

/// The text without what is between isolates.
std::string outside_isolates(std::string_view text)
{
    std::string outside;
    int depth = 0;
    while (!text.empty()) {
        const bool opens = text.starts_with(isolate);
        if (opens || text.starts_with(end_of_isolate)) {
            depth += opens ? 1 : -1;
            text.remove_prefix(isolate.size());
            continue;
        }
        if (depth == 0)
            outside += text.front();
        text.remove_prefix(1);
    }
    return outside;
}

bool holds_it(const std::vector<Element>& open)
{
    if (open.empty())
        return false;
    const bool is_inside = std::ranges::any_of(
        open, [](const Element& one) { return one.name == "bdi" || one.name == "textarea" || one.name == "script"; });
    return is_inside || open.back().finds_direction;
}

void follow_tag(std::string_view tag, std::vector<Element>& open)
{
    const bool closes = tag.starts_with('/');
    tag.remove_prefix(closes ? 1 : 0);
    const std::string name(tag.substr(0, tag.find_first_of(" \n/>")));
    if (closes) {
        while (!open.empty() && open.back().name != name)
            open.pop_back();
        if (!open.empty())
            open.pop_back();
    } else if (!tag.starts_with('!') && !tag.ends_with('/') &&
               std::ranges::find(void_elements, name) == void_elements.end()) {
        open.push_back({.name = name, .finds_direction = tag.find("dir=\"auto\"") != std::string_view::npos});
    }
}

/// A spoken attribute that has Hebrew beside other words.
std::string loose_attribute(std::string_view tag)
{
    for (const std::string_view attribute : {" aria-label=\"", " data-say=\"", " content=\""}) {
        const auto at = tag.find(attribute);
        if (at == std::string_view::npos)
            continue;
        const auto value = tag.substr(at + attribute.size());
        const auto words = value.substr(0, value.find('"'));
        if (outside_isolates(words).find(hebrew) != std::string::npos)
            return std::string(words);
    }
    return {};
}

/// What of a page is not held.
std::vector<std::string> loose_pieces(std::string_view html)
{
    std::vector<std::string> loose;
    std::vector<Element> open;
    while (!html.empty()) {
        const auto text = html.substr(0, html.find('<'));
        if (outside_isolates(text).find(hebrew) != std::string::npos && !holds_it(open))
            loose.emplace_back(text);
        html.remove_prefix(text.size());
        if (html.empty())
            break;
        const auto tag = html.substr(1, html.find('>') - 1);
        if (std::string words = loose_attribute(tag); !words.empty())
            loose.push_back(std::move(words));
        follow_tag(tag, open);
        html.remove_prefix(std::min(tag.size() + 2, html.size()));
    }
    return loose;
}

void write_hebrew(db::Transaction& tx)
{
    tx.apply("UPDATE auth_user SET first_name = $1 || first_name, last_name = $1 || last_name", hebrew);
    tx.apply("UPDATE service_account SET address = $1 || address", hebrew);
    tx.apply("UPDATE service_servicerequest SET description = $1 || description, address = $1 || address, "
             "contact_name = $1 || contact_name, contact_phone = $1 || '518-555-0134'",
        hebrew);
    tx.apply("UPDATE service_comment SET text = $1 || text", hebrew);
    tx.apply("UPDATE service_attachment SET name = $1 || name", hebrew);
}

TEST(DirectionGuard, SeesWordsThatAreNotHeld)
{
    const std::string word(hebrew);
    EXPECT_THAT(loose_pieces("<p>A " + word + "</p><p><bdi>" + word + "</bdi></p><h1 dir=\"auto\">" + word +
                             "</h1><h1 dir=\"auto\"><b>B " + word + "</b></h1><b aria-label=\"C " + word +
                             "\"></b><title>\u2068" + word + "\u2069 x</title>"),
        testing::ElementsAre("A " + word, "B " + word, "C " + word));
}

TEST(DirectionGuard, NothingThatPeopleTypeMovesTheWordsBesideIt)
{
    guards::Scene scene;
    scene.site.database->write(write_hebrew);
    std::set<std::string> loose;
    std::size_t seen = 0;
    for (std::size_t who = 0; who < guards::people.size(); ++who) {
        for (const guards::RouteRow& row : guards::route_rows()) {
            if (row.method != http::Method::Get)
                continue;
            support::Client client = scene.client(who);
            const support::Answer answer = scene.ask(client, row);
            if (!answer.content_type.starts_with("text/html"))
                continue;
            seen += answer.body.find(hebrew) == std::string::npos ? 0 : 1;
            for (const std::string& piece : loose_pieces(answer.body))
                loose.insert(piece + " (" + guards::name_of(row) + ")");
        }
    }
    EXPECT_GT(seen, 20U) << "pages that show what somebody typed";
    EXPECT_THAT(loose, testing::IsEmpty());
}

} // namespace
