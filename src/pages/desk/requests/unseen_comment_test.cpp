#include "support/test_site.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using support::Client;
using testing::AllOf;
using testing::ContainsRegex;
using testing::HasSubstr;
using testing::Not;

/// Ravi opened the page, then Mei wrote.
class UnseenComment : public testing::Test
{
  protected:
    UnseenComment()
    {
        ravi.sign_in_as(site.cast.ravi);
        sofia.sign_in_as(site.cast.sofia);
        mei.sign_in_as(site.cast.mei);
    }

    std::string request_of_mei(std::string_view type)
    {
        const auto id = site.submit(site.cast.mei, "Boiler is cold", type).value;
        mei.post("/service/" + std::to_string(id) + "/comments/", {{"text", "It is 60 degrees inside"}});
        const std::string url = "/admin/requests/" + std::to_string(id) + "/";
        seen = seen_on(url);
        mei.post("/service/" + std::to_string(id) + "/comments/", {{"text", "Now it <smells> too"}});
        return url;
    }
    /// What the page's form sends as "seen".
    std::string seen_on(const std::string& url)
    {
        const std::string body = ravi.get(url).body;
        const std::string field = "name=\"seen\" value=\"";
        const auto at = body.find(field) + field.size();
        return body.substr(at, body.find('"', at) - at);
    }
    Client::Fields form(std::string button, std::string text = "") const
    {
        return {{"submission", "key"}, {"visibility", "public"}, {"text", std::move(text)}, {"version", "1"},
            {"seen", seen}, {std::move(button), "Resolved"}};
    }
    std::int64_t resolved()
    {
        return site.database.number("SELECT count(*) FROM service_servicerequest WHERE status = 'Resolved'");
    }
    std::int64_t comments() { return site.database.number("SELECT count(*) FROM service_comment"); }

    support::TestSite site;
    std::string seen;
    Client ravi{site};
    Client sofia{site};
    Client mei{site};
};

TEST_F(UnseenComment, NothingIsResolvedOverItWithoutAsking)
{
    const std::string url = request_of_mei("maintenance");
    for (const std::string button : {"status", "send_and", "leave_and"}) {
        const auto asked = ravi.post(url + "status/", form(button, button == "status" ? "" : "We are done"));
        EXPECT_EQ(asked.status, 422) << button;
        EXPECT_THAT(asked.body,
            AllOf(HasSubstr("Mei Chen wrote after you opened this page (today, 4:31 PM)"),
                HasSubstr("Now it &lt;smells&gt; too</blockquote>"), HasSubstr("esolve anyway"),
                ContainsRegex("name=\"" + button + "\" value=\"Resolved\""), HasSubstr("name=\"seen\" value=\"2\"")))
            << button;
    }
    EXPECT_EQ(resolved(), 0);
    EXPECT_EQ(comments(), 2) << "the reply waits too";
}

TEST_F(UnseenComment, TheSecondPressIsMeant)
{
    const std::string url = request_of_mei("maintenance");
    ravi.post(url + "status/", form("send_and", "We are done"));
    seen = "2";
    EXPECT_EQ(ravi.post(url + "status/", form("send_and", "We are done")).location(), url);
    EXPECT_EQ(resolved(), 1);
    EXPECT_EQ(comments(), 3);
}

TEST_F(UnseenComment, AnotherQuestionShowsItToo)
{
    const std::string url = request_of_mei("gas-leak");
    const auto wrote = AllOf(HasSubstr("Now it &lt;smells&gt; too</blockquote>"), Not(HasSubstr("Resolve anyway")));
    EXPECT_THAT(
        ravi.post(url + "status/", form("status")).body, AllOf(wrote, HasSubstr("Is everybody safe and the gas off?")));
    auto answered = form("status");
    answered.insert(answered.end(), {{"finding", "made_safe"}, {"reason", "Valve closed"}});
    const auto asked = ravi.post(url + "status/", answered);
    EXPECT_EQ(asked.status, 422) << "Mei wrote while the question was open";
    EXPECT_THAT(asked.body, AllOf(wrote, HasSubstr("Valve closed</textarea>")));
    EXPECT_THAT(ravi.post(url + "status/", form("status", "We are done")).body, wrote) << "a reply is typed";
    EXPECT_EQ(resolved(), 0);
    answered[4].second = "2";
    EXPECT_EQ(ravi.post(url + "status/", answered).status, 303);
}

TEST_F(UnseenComment, WhatColleaguesWriteAndWhatIsSetPendingAgainAsksNothing)
{
    const std::string url = request_of_mei("maintenance");
    seen = "2";
    for (const std::string visibility : {"public", "internal"})
        sofia.post(url + "comments/", {{"text", "Sofia writes"}, {"visibility", visibility}});
    EXPECT_EQ(ravi.post(url + "status/", form("status")).status, 303);
    auto again = form("status");
    again[3].second = "2";
    again[4].second = "0";
    again[5].second = "Pending";
    EXPECT_EQ(ravi.post(url + "status/", again).status, 303);
}

TEST_F(UnseenComment, AColleagueWhoReadItDoesNotReadItForOthers)
{
    const std::string url = request_of_mei("maintenance");
    sofia.post(url + "read/", {{"until", "9999999999999"}});
    EXPECT_EQ(ravi.post(url + "status/", form("status")).status, 422);
}

TEST_F(UnseenComment, AReplyOrNoteDoesNotReadIt)
{
    const std::string url = request_of_mei("maintenance");
    const auto unread = [&] {
        return site.database.number(
            "SELECT count(*) FROM service_servicerequest WHERE customer_replied_at IS NOT NULL");
    };
    for (const std::string visibility : {"public", "internal"}) {
        auto fields = Client::Fields{{"submission", visibility}, {"visibility", visibility}, {"text", "We come at 4"}};
        fields.emplace_back("seen", seen);
        EXPECT_EQ(ravi.post(url + "comments/", fields).status, 303) << visibility;
        EXPECT_EQ(unread(), 1) << visibility;
    }
    auto again = form("status");
    again[4].second = seen_on(url);
    EXPECT_EQ(ravi.post(url + "status/", again).status, 303);
    EXPECT_EQ(unread(), 0) << "this page showed it";
}

TEST_F(UnseenComment, AReplyReadsWhatItsPageShowed)
{
    const std::string url = request_of_mei("maintenance");
    EXPECT_EQ(ravi.post(url + "comments/",
                      {{"submission", "key"}, {"visibility", "public"}, {"text", "We come"}, {"seen", seen_on(url)}})
                  .status,
        303);
    EXPECT_EQ(
        site.database.number("SELECT count(*) FROM service_servicerequest WHERE customer_replied_at IS NOT NULL"), 0);
}

TEST_F(UnseenComment, CustomersSeeNoSuchField)
{
    request_of_mei("maintenance");
    EXPECT_THAT(mei.get("/service/1/").body, Not(HasSubstr("name=\"seen\"")));
}

} // namespace
