#include "support/test_site.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using support::Client;
using testing::AllOf;
using testing::ContainsRegex;
using testing::HasSubstr;
using testing::Not;

class EndQuestion : public testing::Test
{
  protected:
    EndQuestion()
        : id(site.submit(site.cast.mei, "Smell of gas", "gas-leak")),
          url("/admin/requests/" + std::to_string(id.value) + "/")
    {
        ravi.sign_in_as(site.cast.ravi);
        sofia.sign_in_as(site.cast.sofia);
    }
    static Client::Fields form(std::string button, std::string text = "")
    {
        return {{"submission", "key"}, {"visibility", "public"}, {"text", std::move(text)}, {"version", "1"},
            {std::move(button), "Resolved"}};
    }
    static Client::Fields answered(Client::Fields fields, std::string finding = "made_safe",
        std::string reason = "Valve <closed>, no gas measured")
    {
        fields.emplace_back("finding", std::move(finding));
        fields.emplace_back("reason", std::move(reason));
        return fields;
    }
    support::Answer resolve(const Client::Fields& fields) { return ravi.post(url + "status/", fields); }
    std::int64_t resolved()
    {
        return site.database.number("SELECT count(*) FROM service_servicerequest WHERE status = 'Resolved'");
    }
    std::int64_t comments() { return site.database.number("SELECT count(*) FROM service_comment"); }

    support::TestSite site;
    ServiceRequestId id;
    std::string url;
    Client ravi{site};
    Client sofia{site};
};

TEST_F(EndQuestion, EveryButtonAsksBeforeAnOpenLeakIsResolved)
{
    const auto asks = AllOf(HasSubstr("Is everybody safe and the gas off?"), HasSubstr("name=\"finding\""),
        HasSubstr("value=\"false_alarm\""), HasSubstr("name=\"reason\""), Not(HasSubstr("id=\"finding-error\"")),
        Not(HasSubstr("You have a reply you haven’t sent")));
    for (const auto* const button : {"status", "send_and", "leave_and"}) {
        const auto refused = resolve(form(button, "We come <today>"));
        EXPECT_EQ(refused.status, 422) << button;
        EXPECT_THAT(refused.body,
            AllOf(asks, HasSubstr("We come &lt;today&gt;</textarea>"), HasSubstr("Send your reply and resolve"),
                ContainsRegex("name=\"leave_and\"[[:space:]]+value=\"Resolved\"")))
            << button;
    }
    EXPECT_THAT(
        resolve(form("status")).body, AllOf(asks, ContainsRegex("name=\"status\"[[:space:]]+value=\"Resolved\"")));
    EXPECT_EQ(resolved(), 0);
    EXPECT_EQ(comments(), 0);
}

TEST_F(EndQuestion, NamesTheColleagueWhoHasTheEmergency)
{
    EXPECT_THAT(resolve(form("status")).body, Not(HasSubstr("Ask before you end it.")));
    ASSERT_EQ(sofia.post(url + "take/", {}).status, 303);
    EXPECT_THAT(resolve(form("status")).body, HasSubstr("Sofia Marchetti has it. Ask before you end it."));
    EXPECT_THAT(sofia.post(url + "status/", form("status")).body,
        AllOf(HasSubstr("Is everybody safe and the gas off?"), Not(HasSubstr("Ask before you end it."))));
}

TEST_F(EndQuestion, TheAnswerIsInTheHistoryAndCustomersDoNotReadIt)
{
    EXPECT_EQ(resolve(answered(form("status"))).location(), url);
    EXPECT_EQ(resolve(answered(form("status"))).location(), url) << "sent twice";
    EXPECT_EQ(resolved(), 1);
    const auto* const line = "said that everybody is safe and the gas is off: Valve &lt;closed&gt;, no gas measured";
    EXPECT_THAT(sofia.get(url).body, HasSubstr(line));
    Client mei{site};
    mei.sign_in_as(site.cast.mei);
    EXPECT_THAT(mei.get("/service/" + std::to_string(id.value) + "/").body, Not(HasSubstr("Valve")));
}

TEST_F(EndQuestion, AFalseAlarmAndTheReplyGoTogether)
{
    EXPECT_EQ(resolve(answered(form("send_and", "It was paint"), "false_alarm", "Paint")).location(), url);
    EXPECT_EQ(comments(), 1);
    EXPECT_THAT(sofia.get(url).body, HasSubstr("marked it as a false alarm: Paint"));
    EXPECT_THAT(ravi.get(url).body, HasSubstr("Reply sent, and the report is resolved as a false alarm."));
}

TEST_F(EndQuestion, AFalseAlarmIsCalledThatInItsRow)
{
    const std::string list = "/admin/requests/?status=Resolved";
    resolve(answered(form("status"), "made_safe", "Repaired"));
    EXPECT_THAT(sofia.get(list).body, Not(HasSubstr("<b>False alarm</b>")));
    site.database->write([](db::Transaction& tx) {
        tx.apply("UPDATE service_event SET kind = 'false_alarm' WHERE kind = 'made_safe'");
    });
    EXPECT_THAT(sofia.get(list).body, HasSubstr("<b>False alarm</b>"));
    EXPECT_THAT(sofia.get("/admin/requests/?status=Pending").body, Not(HasSubstr("<b>False alarm</b>")));
}

TEST_F(EndQuestion, HalfAnAnswerIsKeptAndSaysWhatIsMissing)
{
    const auto no_reason = resolve(answered(form("status"), "false_alarm", "  "));
    EXPECT_EQ(no_reason.status, 422);
    EXPECT_THAT(no_reason.body,
        AllOf(HasSubstr("Write how you know."), ContainsRegex("value=\"false_alarm\"[[:space:]]+checked"),
            Not(HasSubstr("id=\"finding-error\""))));
    const auto no_choice = resolve(answered(form("send_and", "Hello"), "", "Nobody there"));
    EXPECT_EQ(no_choice.status, 422);
    EXPECT_THAT(no_choice.body, AllOf(HasSubstr("Choose one: Resolved or False alarm."),
                                    HasSubstr("Nobody there</textarea>"), HasSubstr("Hello</textarea>")));
    const auto typed = resolve(answered(form("status", "Not sent yet")));
    EXPECT_EQ(typed.status, 422) << "a reply is typed: send it or not";
    EXPECT_THAT(typed.body, AllOf(HasSubstr("Send your reply and resolve"), HasSubstr("Valve &lt;closed&gt;")));
    EXPECT_EQ(resolved(), 0);
}

TEST_F(EndQuestion, AnAnswerSurvivesTheEndOfTheSession)
{
    ravi.get(url);
    site.clock.advance(std::chrono::hours(24 * 30));
    resolve(answered(form("status")));
    ravi.sign_in_as(site.cast.ravi);
    EXPECT_EQ(resolved(), 0);
    EXPECT_THAT(
        ravi.get(url).body, AllOf(HasSubstr("Is everybody safe and the gas off?"), HasSubstr("Valve &lt;closed&gt;")));
}

TEST_F(EndQuestion, WhoeverIsTooLateReadsWhoWasFasterAndKeepsTheText)
{
    resolve(answered(form("status")));
    const auto late = sofia.post(url + "status/", form("send_and", "Mine"));
    EXPECT_EQ(late.location(), url + "?wanted=Resolved");
    EXPECT_THAT(sofia.get(late.location()).body,
        AllOf(HasSubstr("Ravi Patel already resolved this request"), HasSubstr("Mine</textarea>")));
    EXPECT_EQ(sofia.post(url + "status/", form("send_and")).location(), url + "?wanted=Resolved") << "nothing typed";
}

TEST_F(EndQuestion, WhoeverIsTooLateKeepsTheAnswerAsANote)
{
    resolve(answered(form("status")));
    const auto late = sofia.post(url + "status/", answered(form("status"), "made_safe", "I closed <it>"));
    EXPECT_EQ(late.location(), url + "?wanted=Resolved");
    EXPECT_THAT(sofia.get(late.location()).body,
        AllOf(HasSubstr("Ravi Patel already resolved this request (today, 4:31 PM)"),
            HasSubstr("I closed &lt;it&gt;</textarea>"), HasSubstr("value=\"internal\" checked"),
            HasSubstr("Save mine as a note")));
    EXPECT_THAT(ravi.get(url).body, Not(HasSubstr("I closed"))) << "hers alone";
}

TEST_F(EndQuestion, AnAnswerThatIsTooLateNeverBecomesPartOfAReply)
{
    resolve(answered(form("status")));
    const auto late = sofia.post(url + "status/", answered(form("send_and", "Mine"), "made_safe", "I closed <it>"));
    EXPECT_THAT(
        sofia.get(late.location()).body, AllOf(HasSubstr("Mine</textarea>"), HasSubstr("value=\"public\" checked"),
                                             ContainsRegex("You also wrote how you know:.*I closed &lt;it&gt;</q>")));
    auto note = answered(form("send_and", "Mine"), "made_safe", "I closed <it>");
    note[1].second = "internal";
    sofia.post(url + "status/", note);
    EXPECT_THAT(sofia.get(late.location()).body, HasSubstr("Mine\n\nI closed &lt;it&gt;</textarea>"));
}

TEST_F(EndQuestion, ABrowserThatSendsTheFirstButtonOnEnterTakesNothing)
{
    const std::string body = ravi.get(url).body;
    const auto first = body.find("form=\"write\"");
    ASSERT_NE(first, std::string::npos);
    EXPECT_THAT(body.substr(body.rfind('<', first)),
        testing::StartsWith("<button form=\"write\" formmethod=\"dialog\" hidden data-no-enter>"));
}

} // namespace
