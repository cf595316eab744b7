#include "support/test_site.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using support::Client;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

/// Sofia opened the page, then Ravi answered.
class ColleaguesAnswer : public testing::Test
{
  protected:
    ColleaguesAnswer()
    {
        ravi.sign_in_as(site.cast.ravi);
        sofia.sign_in_as(site.cast.sofia);
    }
    Client::Fields form(std::string text, std::string visibility = "public") const
    {
        return {{"submission", "a-key-of-22-characters"}, {"visibility", std::move(visibility)},
            {"text", std::move(text)}, {"version", "1"}, {"seen", "0"}, {"answered", "0"}, {"was", "Pending"}};
    }
    Client::Fields form_with(const std::string& button, std::string text = "") const
    {
        auto fields = form(std::move(text));
        fields.emplace_back(button, "Resolved");
        return fields;
    }
    void ravi_answers(std::string visibility = "public")
    {
        ravi.post(url + "comments/", {{"text", "Monday at <9>"}, {"visibility", std::move(visibility)}});
    }
    std::int64_t comments() { return site.database.number("SELECT count(*) FROM service_comment"); }
    std::int64_t resolved()
    {
        return site.database.number("SELECT count(*) FROM service_servicerequest WHERE status = 'Resolved'");
    }

    support::TestSite site;
    ServiceRequestId id = site.submit(site.cast.mei, "Boiler is cold", "maintenance");
    const std::string url = "/admin/requests/" + std::to_string(id.value) + "/";
    Client ravi{site};
    Client sofia{site};
};

TEST_F(ColleaguesAnswer, AReplyThatMayContradictItIsAskedAboutOnce)
{
    EXPECT_THAT(sofia.get(url).body,
        AllOf(HasSubstr("name=\"answered\" value=\"0\""), HasSubstr("name=\"was\" value=\"Pending\"")));
    ravi_answers();
    const auto asked = sofia.post(url + "comments/", form("Tuesday at 8"));
    EXPECT_EQ(asked.status, 422);
    EXPECT_THAT(asked.body, AllOf(HasSubstr("Ravi Patel answered while you wrote (today, 4:31 PM)"),
                                HasSubstr("Monday at &lt;9&gt;</blockquote>"), HasSubstr("Tuesday at 8</textarea>"),
                                HasSubstr("Send yours too"), HasSubstr("name=\"answered\" value=\"1\"")));
    EXPECT_EQ(comments(), 1);

    auto again = form("Tuesday at 8");
    again.emplace_back("answered_too", "1");
    EXPECT_EQ(sofia.post(url + "comments/", again).status, 303);
    EXPECT_EQ(comments(), 2);
    ravi_answers();
    EXPECT_EQ(sofia.post(url + "comments/", again).status, 303) << "sent before: nothing is asked";
    EXPECT_EQ(comments(), 3);
}

TEST_F(ColleaguesAnswer, AScriptGetsTheQuestionAlone)
{
    ravi_answers();
    sofia.set_header("accept", "text/html; fragment");
    const auto asked = sofia.post(url + "comments/", form("Tuesday at 8"));
    EXPECT_EQ(asked.status, 422);
    EXPECT_EQ(asked.header("X-Fragment"), "1");
    EXPECT_THAT(asked.body, AllOf(HasSubstr("answered while you wrote"), HasSubstr("name=\"answered_too\" value=\"1\""),
                                Not(HasSubstr("<main"))));
}

TEST_F(ColleaguesAnswer, WhatIAnsweredAfterItKnewIt)
{
    ravi_answers();
    sofia.post(url + "comments/", {{"text", "From another tab"}, {"visibility", "public"}});
    EXPECT_EQ(sofia.post(url + "comments/", form("And this")).status, 303);
}

TEST_F(ColleaguesAnswer, NotesAskNothing)
{
    ravi_answers("internal");
    EXPECT_EQ(sofia.post(url + "comments/", form("Tuesday at 8")).status, 303) << "his note is no answer";
    ravi_answers();
    EXPECT_EQ(sofia.post(url + "comments/", form("For us only", "internal")).status, 303);
}

TEST_F(ColleaguesAnswer, IsShownBeforeResolvingToo)
{
    ravi_answers();
    EXPECT_THAT(sofia.post(url + "status/", form_with("status")).body,
        AllOf(HasSubstr("Ravi Patel answered after you opened this page"), HasSubstr("Resolve anyway")));
    const auto asked = sofia.post(url + "status/", form_with("send_and", "Tuesday at 8"));
    EXPECT_EQ(asked.status, 422);
    EXPECT_THAT(asked.body, AllOf(HasSubstr("answered while you wrote"), HasSubstr("Send and resolve anyway"),
                                HasSubstr("Tuesday at 8</textarea>")));
    EXPECT_EQ(resolved(), 0);
    auto again = form_with("send_and", "Tuesday at 8");
    again[5].second = "1";
    EXPECT_EQ(sofia.post(url + "status/", again).status, 303);
    EXPECT_EQ(resolved(), 1);
}

TEST_F(ColleaguesAnswer, AReplyToWhatAColleagueResolvedIsAskedAbout)
{
    ravi.post(url + "status/", {{"status", "Resolved"}, {"version", "1"}});
    const auto asked = sofia.post(url + "comments/", form("The crew arrives in 5 minutes"));
    EXPECT_EQ(asked.status, 422);
    EXPECT_THAT(asked.body, AllOf(HasSubstr("Ravi Patel resolved this request while you wrote (today, 4:31 PM)"),
                                HasSubstr("Send yours too"), HasSubstr("name=\"was\" value=\"Resolved\"")));
    auto again = form("The crew arrives in 5 minutes");
    again.emplace_back("was_too", "Resolved");
    EXPECT_EQ(sofia.post(url + "comments/", again).status, 303);
    for (const char* const version : {"1", "2"}) {
        auto late = form_with("send_and", std::string("Done ") + version);
        late[3].second = version;
        EXPECT_THAT(sofia.post(url + "status/", late).location(), HasSubstr("?wanted=Resolved")) << version;
    }
}

TEST_F(ColleaguesAnswer, ReopeningWhatAColleagueResolvedAsksNothing)
{
    ravi.post(url + "status/", {{"status", "Resolved"}, {"version", "1"}});
    auto reopening = form("We look again");
    reopening[3].second = "2";
    reopening.emplace_back("send_and", "Pending");
    EXPECT_EQ(sofia.post(url + "status/", reopening).status, 303);
    EXPECT_EQ(resolved(), 0);
    EXPECT_EQ(comments(), 1);
}

TEST_F(ColleaguesAnswer, IsShownBeforeReopeningWithAReply)
{
    ravi.post(url + "status/", {{"status", "Resolved"}, {"version", "1"}});
    ravi_answers();
    auto reopening = form("We look again");
    reopening[3].second = "2";
    reopening.emplace_back("send_and", "Pending");
    const auto asked = sofia.post(url + "status/", reopening);
    EXPECT_EQ(asked.status, 422);
    EXPECT_THAT(asked.body, AllOf(HasSubstr("Ravi Patel answered while you wrote"), HasSubstr("Send and reopen anyway"),
                                HasSubstr("name=\"send_and\" value=\"Pending\""), Not(HasSubstr("resolve anyway"))));
    EXPECT_EQ(resolved(), 1);
}

} // namespace
