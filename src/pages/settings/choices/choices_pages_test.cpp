#include "actions/mail/send_mail.hpp"
#include "notifications/choice.hpp"
#include "pages/shared/urls.hpp"
#include "support/test_site.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using support::Client;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

constexpr std::string_view page = "/account/notifications/";

class ChoicesPages : public testing::Test
{
  protected:
    ChoicesPages()
    {
        site.database->write([&](db::Transaction& tx) { actions::switch_mail(tx, true, site.clock.now()); });
        mei.sign_in_as(site.cast.mei);
    }

    static Client::Fields fields(Client::Fields others, std::string version = "0")
    {
        Client::Fields all{{"site_replied", "1"}, {"site_status", "1"}, {"mail_received", "1"}, {"mail_status", "1"}};
        for (const auto& [name, value] : {std::pair("pace", "at_once"), std::pair("digest_at", "08:00"),
                 std::pair("quiet_from", ""), std::pair("quiet_until", ""), std::pair("time_zone", "")}) {
            if (std::ranges::find(others, name, &std::pair<std::string, std::string>::first) == others.end())
                all.emplace_back(name, value);
        }
        all.insert(all.end(), others.begin(), others.end());
        all.emplace_back("version", std::move(version));
        return all;
    }
    notifications::Choices saved()
    {
        return notifications::find_choices(*site.database->read(), site.cast.mei.user_id, base::Role::Customer);
    }
    std::string link(std::string occasion)
    {
        return urls::switch_off(notifications::switch_off_token(
            site.site().form_key, {.user = site.cast.mei.user_id, .occasion = std::move(occasion)}));
    }

    support::TestSite site;
    Client mei{site};
};

TEST_F(ChoicesPages, MeiSavesWhatSheChose)
{
    EXPECT_THAT(mei.get("/account/").body, HasSubstr("href=\"/account/notifications/\""));
    EXPECT_THAT(mei.get("/notifications/").body, HasSubstr("href=\"/account/notifications/\""));
    EXPECT_THAT(mei.get(page).body,
        AllOf(HasSubstr("id=\"mail_replied\" value=\"1\" checked"),
            HasSubstr("id=\"pace-at_once\" value=\"at_once\" checked"), HasSubstr("We write to mei@example.com."),
            HasSubstr("They can’t be switched off"), Not(HasSubstr("site_received"))));

    const auto answer = mei.post(page, fields({{"pace", "daily"}, {"digest_at", "07:30"}, {"quiet_from", "22:00"},
                                           {"quiet_until", "6:15"}, {"time_zone", "America/Denver"}}));

    EXPECT_EQ(answer.location(), page);
    const auto choices = saved();
    EXPECT_EQ(choices.occasions[1].mail, false) << "its box was empty";
    EXPECT_EQ(choices.occasions[1].site, true);
    EXPECT_EQ(choices.plan.pace, notifications::Pace::Daily);
    EXPECT_EQ(choices.plan.digest_at, std::chrono::minutes(450));
    EXPECT_EQ(choices.plan.quiet->until, std::chrono::minutes(375));
    EXPECT_EQ(choices.plan.time_zone, "America/Denver");
    EXPECT_THAT(mei.get(page).body,
        AllOf(HasSubstr("Your choices are saved."), HasSubstr("value=\"07:30\""), HasSubstr("value=\"06:15\""),
            HasSubstr("<option selected>America/Denver"), Not(HasSubstr("id=\"mail_replied\" value=\"1\" checked"))));
}

TEST_F(ChoicesPages, WhatIsWrongIsSaidAndWhatWasTypedStays)
{
    const auto expect_refused = [&](Client::Fields wrong, std::string_view words) {
        const auto refused = mei.post(page, fields(wrong));
        EXPECT_EQ(refused.status, 422) << words;
        EXPECT_THAT(refused.body, HasSubstr(words));
        EXPECT_THAT(refused.body, Not(HasSubstr("id=\"mail_replied\" value=\"1\" checked")));
    };
    expect_refused({{"pace", "hourly"}}, "Choose when email comes.");
    expect_refused({{"digest_at", "25:00"}}, "Write the time with hours and minutes");
    expect_refused({{"pace", "daily"}, {"digest_at", ""}}, "Write the time with hours and minutes");
    expect_refused({{"quiet_from", "22:00"}}, "Fill in both times");
    expect_refused({{"quiet_from", "10 pm"}, {"quiet_until", "07:00"}}, "value=\"10 pm\"");
    expect_refused({{"quiet_from", "07:00"}, {"quiet_until", "07:00"}}, "two different times");
    expect_refused({{"time_zone", "Mars/Olympus"}}, "Choose a time zone from the list.");
    EXPECT_EQ(mei.post(page, {{"pace", "daily"}, {"version", "0"}}).status, 400) << "a field is missing";
    EXPECT_EQ(saved().plan.version, 0);
}

TEST_F(ChoicesPages, ASecondTabIsToldOfTheFirst)
{
    EXPECT_EQ(mei.post(page, fields({{"pace", "never"}})).status, 303);
    const auto clash = mei.post(page, fields({{"pace", "daily"}}));
    EXPECT_EQ(clash.status, 409);
    EXPECT_THAT(clash.body, AllOf(HasSubstr("changed in the meantime"), HasSubstr("value=\"daily\" checked")));
    EXPECT_EQ(saved().plan.pace, notifications::Pace::Never);
    EXPECT_EQ(mei.post(page, fields({{"pace", "daily"}}, clash.input("version"))).status, 303);
    EXPECT_EQ(saved().plan.pace, notifications::Pace::Daily);
}

TEST_F(ChoicesPages, TypedTextSurvivesAnEndedSession)
{
    mei.get(page);
    mei.end_session();
    EXPECT_EQ(mei.post(page, fields({{"quiet_from", "21:00"}, {"quiet_until", "05:00"}})).status, 403);
    mei.sign_in_as(site.cast.mei);
    EXPECT_THAT(mei.get(page).body, AllOf(HasSubstr("value=\"21:00\""), HasSubstr("value=\"05:00\"")));
    EXPECT_EQ(saved().plan.version, 0);
}

TEST_F(ChoicesPages, TheStaffAreAskedAboutTheirWork)
{
    Client ravi(site);
    ravi.sign_in_as(site.cast.ravi);
    EXPECT_THAT(
        ravi.get(page).body, AllOf(HasSubstr("id=\"site_taken_over\" value=\"1\" checked"),
                                 HasSubstr("id=\"mail_commented\" value=\"1\">"), Not(HasSubstr("mail_received"))));
    EXPECT_EQ(Client(site).get(page).status, 303) << "a guest signs in";
    EXPECT_EQ(mei.post_without_token(page, fields({})).status, 403);
}

TEST_F(ChoicesPages, AMailProgramSwitchesOffWithOneRequest)
{
    Client program(site);
    program.set_header("origin", "https://mail.example");
    program.set_header("sec-fetch-site", "cross-site");

    const auto answer = program.post_without_token(link("replied"), {{"List-Unsubscribe", "One-Click"}});

    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.header("Set-Cookie"), "");
    EXPECT_EQ(answer.header("Cache-Control"), "no-store");
    EXPECT_THAT(answer.body, HasSubstr("You get these emails no more"));
    EXPECT_EQ(saved().occasions[1].mail, false);
    EXPECT_EQ(saved().occasions[1].site, true);
    EXPECT_EQ(saved().occasions[2].mail, true);
    EXPECT_EQ(program.post_without_token(link("replied"), {}).status, 200) << "twice, and without its words";
    EXPECT_EQ(program.post_without_token(link("digest"), {}).status, 200);
    EXPECT_EQ(saved().plan.pace, notifications::Pace::Never);
}

TEST_F(ChoicesPages, OpeningTheLinkOnlyAsks)
{
    Client browser(site);
    const auto asked = browser.get(link("status"));
    EXPECT_EQ(asked.status, 200);
    EXPECT_EQ(asked.header("Set-Cookie"), "");
    EXPECT_THAT(asked.body, AllOf(HasSubstr("Stop these emails?"), HasSubstr("action=\"" + link("status")),
                                HasSubstr("Your request is resolved or open again")));
    EXPECT_EQ(saved().plan.version, 0);
    EXPECT_EQ(mei.get(link("status")).status, 200);
}

TEST_F(ChoicesPages, AGuessedLinkSwitchesNothingOff)
{
    std::string forged = link("replied");
    forged.replace(forged.size() - 4, 2, "xx");
    for (const std::string& wrong : {forged, std::string("/mail/off/1-replied-/"), std::string("/mail/off/x/")}) {
        EXPECT_EQ(Client(site).get(wrong).status, 404) << wrong;
        EXPECT_EQ(mei.post_without_token(wrong, {}).status, 404) << wrong;
    }
    EXPECT_EQ(saved().plan.version, 0);
}

} // namespace
