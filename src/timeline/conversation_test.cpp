// Pages of a conversation that is longer than a page.

#include "actions/write_comment.hpp"
#include "support/test_site.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class LongConversation : public testing::Test
{
  protected:
    void SetUp() override
    {
        request = site.submit(site.cast.mei, "Boiler is cold since Monday");
        mei.sign_in_as(site.cast.mei);
        ravi.sign_in_as(site.cast.ravi);
    }
    void write(const base::Visitor& by, const std::string& text, int times)
    {
        site.database->write([&](db::Transaction& tx) {
            for (int i = 0; i < times; ++i) {
                site.clock.advance(std::chrono::seconds(1));
                actions::write_comment(tx, site.act(by), {.service_request = request, .text = text});
            }
        });
    }
    static std::size_t count(const std::string& text, std::string_view part)
    {
        std::size_t found = 0;
        for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1))
            ++found;
        return found;
    }
    std::string hers() const { return "/service/" + std::to_string(request.value) + "/"; }
    std::string desk() const { return "/admin/requests/" + std::to_string(request.value) + "/"; }

    support::TestSite site;
    support::Client mei{site};
    support::Client ravi{site};
    ServiceRequestId request;
};

TEST_F(LongConversation, OfAPageIsShownWhole)
{
    write(site.cast.mei, "Still cold.", 200);

    EXPECT_EQ(count(mei.get(hers()).body, "Still cold."), 200U);
    EXPECT_THAT(mei.get(hers()).body, Not(HasSubstr("Show earlier messages")));
}

TEST_F(LongConversation, ShowsTheNewestAndTheBeginningAndALinkToMore)
{
    write(site.cast.mei, "First of all.", 5);
    write(site.cast.mei, "Still cold.", 200);
    for (auto& [client, path] : {std::pair(&mei, hers()), std::pair(&ravi, desk())}) {
        const std::string body = client->get(path).body;
        EXPECT_EQ(count(body, "Still cold."), 200U) << path;
        EXPECT_THAT(body, AllOf(HasSubstr("Boiler is cold since Monday"), Not(HasSubstr("First of all.")),
                              HasSubstr("Show earlier messages"), HasSubstr(path + "?messages=400#c6")));

        const std::string more = client->get(path + "?messages=400").body;
        EXPECT_EQ(count(more, "Still cold."), 200U) << path;
        EXPECT_EQ(count(more, "First of all."), 5U) << path;
        EXPECT_THAT(more, Not(HasSubstr("Show earlier messages")));
    }
    EXPECT_THAT(ravi.get(desk() + "?list=status%3DPending").body, HasSubstr("&amp;messages=400#c6"));
    for (const std::string odd : {"?messages=x", "?messages=-1", "?messages=99999999999999999999"})
        EXPECT_EQ(mei.get(hers() + odd).status, 200) << odd;
}

TEST_F(LongConversation, KeepsItsStateAndWhatTheStaffHaveSeen)
{
    write(site.cast.mei, "Please come.", 1);
    write(site.cast.ravi, "We come at noon.", 1);
    const std::string before = mei.get(hers()).body;
    const auto state_in = [](const std::string& body) {
        const auto begin = body.find("data-slot=\"state\"");
        return body.substr(begin, body.find("gapline", begin) - begin);
    };
    site.database->write([&](db::Transaction& tx) {
        for (int i = 0; i < 201; ++i)
            actions::write_comment(tx, site.act(site.cast.ravi), {.service_request = request, .text = "Note."});
    });

    EXPECT_EQ(state_in(mei.get(hers()).body), state_in(before));
    EXPECT_THAT(ravi.get(desk()).body, HasSubstr("name=\"seen\" value=\"1\""));
}

TEST_F(LongConversation, ShowsOnlyTheFilesOfItsEntries)
{
    std::vector<http::UploadedFile> old;
    old.push_back(site.upload("old.png", support::tiny_png()));
    ASSERT_EQ(mei.post(hers() + "comments/", {{"text", "A photo"}}, std::move(old)).status, 303);
    write(site.cast.mei, "Still cold.", 199);
    std::vector<http::UploadedFile> fresh;
    fresh.push_back(site.upload("new.png", support::tiny_png()));
    ASSERT_EQ(mei.post(hers() + "comments/", {{"text", "Another photo"}}, std::move(fresh)).status, 303);

    EXPECT_THAT(mei.get(hers()).body, AllOf(HasSubstr("new.png"), Not(HasSubstr("old.png"))));
    EXPECT_THAT(mei.get(hers() + "?messages=400").body, AllOf(HasSubstr("new.png"), HasSubstr("old.png")));
}

} // namespace
