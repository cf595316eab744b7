// Whatever is typed into a field or an address: never a fault of ours, never HTML, never a way to another site.

#include "guards/scene.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace guards {

namespace {

using testing::HasSubstr;
using testing::Not;

std::vector<std::string> hostile_values()
{
    return {"", " ", std::string(10'000, 'x'), "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>",
        "' onfocus='alert(1)", "\" onfocus=\"alert(1)", "</textarea></title><b>", "' OR 1=1 --", "\"*\" OR NEAR(a b)",
        "%00", "%s%n{}{0}{% t %}{{ x }}", "\x01\x1b[31m", "a\r\nSet-Cookie: a=b", "🔥👩‍🚒",
        "\xE2\x80\xAE"
        "gpj.exe",
        "javascript:alert(1)", "https://evil.example/", "//evil.example/", "/\\evil.example", "../../etc/passwd", "-1",
        "0", "1e9", "NaN", "0x10", "9223372036854775807", "9223372036854775808", "-9223372036854775809", "2026-02-30",
        "99999-01-01", "1.9223372036854775807"};
}

void expect_harmless(const support::Answer& answer)
{
    EXPECT_LT(answer.status, 500);
    for (const auto& [name, value] : answer.headers)
        EXPECT_EQ(value.find_first_of("\r\n"), std::string::npos) << name;
    if (!answer.location().empty()) {
        EXPECT_TRUE(answer.location().starts_with('/')) << answer.location();
        EXPECT_FALSE(answer.location().starts_with("//")) << answer.location();
        EXPECT_FALSE(answer.location().starts_with("/\\")) << answer.location();
    }
    if (!answer.content_type.starts_with("text/html"))
        return;
    // A web address in a message is a link, marked as not ours.
    const std::string_view link =
        R"(<a href="https://evil.example/" rel="nofollow noopener noreferrer" target="_blank">)";
    std::string body = answer.body;
    for (std::size_t at = body.find(link); at != std::string::npos; at = body.find(link, at))
        body.erase(at, link.size());
    for (const char* raw : {"<script>alert(", "<img src=x", "' onfocus='", "\" onfocus=\"", "</title><b>",
             "href=\"javascript:", "href=\"//evil", "href=\"https://evil"})
        EXPECT_THAT(body, Not(HasSubstr(raw)));
}

/// Public pages as a guest, who needs no rights to try; the others as somebody who is let in, if anybody is.
std::size_t attacker_of(const RouteRow& row)
{
    const auto last = row.outcomes.rfind('+');
    return row.outcomes[0] == '+' || last == std::string_view::npos ? 0 : last;
}

void expect_pages_harmless(Scene& scene)
{
    for (const RouteRow& row : route_rows()) {
        for (const std::size_t who : {std::size_t{2}, std::size_t{5}}) {
            if (row.method != http::Method::Get || row.outcomes[who] != '+')
                continue;
            SCOPED_TRACE("afterwards, " + name_of(row));
            auto client = scene.client(who);
            expect_harmless(client.get(scene.address(row)));
        }
    }
}

class HostileValues : public testing::TestWithParam<std::size_t>
{
};

TEST_P(HostileValues, AreHarmlessInEveryField)
{
    Scene scene;
    const RouteRow& row = route_rows().at(GetParam());
    const auto try_in = [&](const support::Client::Fields& fields, std::size_t field) {
        auto client = scene.client(attacker_of(row));
        for (const std::string& value : hostile_values()) {
            SCOPED_TRACE(name_of(row) + " " + fields[field].first + "=" + value.substr(0, 40));
            RouteRow hostile = row;
            hostile.fields = fields;
            hostile.fields[field].second = value;
            expect_harmless(scene.ask(client, hostile));
        }
    };

    for (std::size_t field = 0; field < row.fields.size(); ++field)
        try_in(row.fields, field);
    for (const auto& spare : row.spare_fields)
        try_in({spare}, 0);

    if (row.method == http::Method::Post)
        expect_pages_harmless(scene);
}

TEST_P(HostileValues, AreHarmlessInFieldsThatNobodyAskedFor)
{
    Scene scene;
    RouteRow row = route_rows().at(GetParam());
    const auto once = row.fields;
    row.fields.insert(row.fields.end(), once.begin(), once.end());
    for (const std::string& value : hostile_values())
        row.fields.emplace_back(value, value);

    for (const std::size_t who : {std::size_t{0}, attacker_of(row)}) {
        auto client = scene.client(who);
        expect_harmless(scene.ask(client, row));
        // Refused for its token: the text comes back on an error page.
        if (row.method == http::Method::Post)
            expect_harmless(client.post_without_token(scene.address(row), row.fields));
    }
}

TEST(HostileText, IsShownAsText)
{
    // Proof that what the other tests look for would be there.
    Scene scene;
    auto ravi = scene.client(3);
    const auto search = ravi.get(with_query("/admin/requests/", {{"q", "<script>alert(1)</script>"}}));
    const RouteRow comment{http::Method::Post, "/admin/requests/{id}/comments/", "",
        {{"text", "\"><img src=x onerror=alert(1)>"}, {"visibility", "public"}}};
    EXPECT_EQ(scene.ask(ravi, comment).status, 303);
    auto mei = scene.client(2);
    const auto page = mei.get(scene.address({http::Method::Get, "/service/{id}/", ""}));

    EXPECT_THAT(search.body, HasSubstr("&lt;script&gt;alert(1)&lt;/script&gt;"));
    EXPECT_THAT(page.body, HasSubstr("&gt;&lt;img src=x onerror=alert(1)&gt;"));
}

std::vector<std::size_t> rows_with_fields()
{
    std::vector<std::size_t> rows;
    for (std::size_t i = 0; i < route_rows().size(); ++i) {
        if (!route_rows()[i].fields.empty())
            rows.push_back(i);
    }
    return rows;
}

std::string name_in_test(const testing::TestParamInfo<std::size_t>& parameter)
{
    std::string name = name_of(route_rows().at(parameter.param));
    for (char& c : name) {
        const bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        c = is_letter ? c : '_';
    }
    return name;
}

INSTANTIATE_TEST_SUITE_P(EveryRoute, HostileValues, testing::ValuesIn(rows_with_fields()), name_in_test);

} // namespace

} // namespace guards
