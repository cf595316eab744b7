#include "notifications/choice.hpp"

#include "actions/mail/choose_notifications.hpp"
#include "actions/write_comment.hpp"
#include "notifications/notification.hpp"
#include "support/test_site.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace {

using namespace std::chrono_literals;
using notifications::Occasion;
using notifications::Plan;
using notifications::QuietTime;
using testing::ElementsAre;
using testing::IsEmpty;

base::Time utc(int year, unsigned month, unsigned day, std::chrono::minutes of_day)
{
    return std::chrono::sys_days(std::chrono::year(year) / std::chrono::month(month) / std::chrono::day(day)) + of_day;
}

/// As clocks in New York show it.
std::string ends(QuietTime quiet, base::Time at)
{
    static const base::Zone zone("America/New_York");
    return zone.iso_local(notifications::end_of_quiet({.quiet = quiet}, zone, at));
}

std::string next(notifications::TimeOfDay digest_at, base::Time at)
{
    static const base::Zone zone("America/New_York");
    return zone.iso_local(notifications::next_digest({.digest_at = digest_at}, zone, at));
}

TEST(QuietTime, EndsOnTheSameDayOrAfterMidnight)
{
    const QuietTime night{.from = 22h, .until = 7h};
    EXPECT_EQ(ends(night, utc(2026, 7, 2, 1h + 59min)), "2026-07-01T21:59:00-04:00") << "not yet";
    EXPECT_EQ(ends(night, utc(2026, 7, 2, 2h)), "2026-07-02T07:00:00-04:00");
    EXPECT_EQ(ends(night, utc(2026, 7, 2, 10h + 59min)), "2026-07-02T07:00:00-04:00");
    EXPECT_EQ(ends(night, utc(2026, 7, 2, 11h)), "2026-07-02T07:00:00-04:00") << "over";
    EXPECT_EQ(ends({.from = 12h, .until = 13h + 30min}, utc(2026, 7, 2, 17h)), "2026-07-02T13:30:00-04:00");
    EXPECT_EQ(ends({.from = 20h, .until = 0h}, utc(2026, 7, 3, 1h)), "2026-07-03T00:00:00-04:00");
}

TEST(QuietTime, EndsByTheClocksAlsoWhenTheyChange)
{
    const QuietTime night{.from = 22h, .until = 7h};
    EXPECT_EQ(ends(night, utc(2026, 3, 8, 4h)), "2026-03-08T07:00:00-04:00") << "an hour shorter";
    EXPECT_EQ(ends(night, utc(2026, 11, 1, 3h)), "2026-11-01T07:00:00-05:00") << "an hour longer";
    EXPECT_EQ(ends({.from = 22h, .until = 2h + 30min}, utc(2026, 3, 8, 6h)), "2026-03-08T03:00:00-04:00")
        << "clocks skip its end";
    const QuietTime ends_twice{.from = 22h, .until = 1h + 30min};
    EXPECT_EQ(ends(ends_twice, utc(2026, 11, 1, 5h + 10min)), "2026-11-01T01:30:00-04:00") << "the first of two";
    EXPECT_EQ(ends(ends_twice, utc(2026, 11, 1, 6h + 10min)), "2026-11-01T01:10:00-05:00") << "it ended already";
}

TEST(DailyMail, GoesOutOnceADayAtItsTime)
{
    EXPECT_EQ(next(8h, utc(2026, 7, 2, 11h)), "2026-07-02T08:00:00-04:00");
    EXPECT_EQ(next(8h, utc(2026, 7, 2, 12h)), "2026-07-03T08:00:00-04:00");
    EXPECT_EQ(next(2h + 30min, utc(2026, 3, 8, 5h)), "2026-03-08T03:00:00-04:00") << "clocks skip it";
    EXPECT_EQ(next(1h + 30min, utc(2026, 11, 1, 5h)), "2026-11-01T01:30:00-04:00") << "the first of two";
    EXPECT_EQ(next(1h + 30min, utc(2026, 11, 1, 5h + 30min)), "2026-11-02T01:30:00-05:00") << "not a second time";
}

TEST(SwitchOffLinks, NameOnePersonAndOneEventAndCannotBeGuessed)
{
    const std::string token = notifications::switch_off_token("key", {.user = UserId{7}, .occasion = "replied"});
    const auto read = notifications::read_switch_off("key", token);
    ASSERT_TRUE(read);
    EXPECT_EQ(read->user, UserId{7});
    EXPECT_EQ(read->occasion, "replied");
    EXPECT_FALSE(notifications::read_switch_off("another key", token));
    EXPECT_FALSE(notifications::read_switch_off("", token));
    EXPECT_FALSE(notifications::read_switch_off("key", "8" + token.substr(1)));
    EXPECT_FALSE(notifications::read_switch_off("key", "7-status" + token.substr(token.rfind("replied-") + 7)));
    const std::string unknown = notifications::switch_off_token("key", {.user = UserId{7}, .occasion = "leak"});
    EXPECT_FALSE(notifications::read_switch_off("key", unknown)) << "sealed, but nothing to switch off";
    for (const char* wrong : {"", "-", "--", "7", "7-", "7-replied", "7-replied-"})
        EXPECT_FALSE(notifications::read_switch_off("key", wrong)) << wrong;
}

class ChosenNotifications : public testing::Test
{
  protected:
    ChosenNotifications() : id(site.submit(site.cast.mei, "Boiler")) {}

    notifications::Choices saved(const base::Visitor& visitor)
    {
        return notifications::find_choices(*site.database->read(), visitor.user_id, visitor.role);
    }
    bool save(const base::Visitor& visitor, const notifications::Choices& choices)
    {
        return site.database->write(
            [&](db::Transaction& tx) { return actions::choose_notifications(tx, site.act(visitor), choices); });
    }
    void switch_off_on_site(const base::Visitor& visitor, Occasion occasion)
    {
        auto choices = saved(visitor);
        std::ranges::find(choices.occasions, occasion, &notifications::Choice::occasion)->site = false;
        EXPECT_TRUE(save(visitor, choices));
    }
    void write(const base::Visitor& by, ServiceRequestId on)
    {
        site.database->write([&](db::Transaction& tx) {
            actions::write_comment(tx, site.act(by), {.service_request = on, .text = "Hello"});
        });
    }
    std::int64_t rows() { return site.database.number("SELECT count(*) FROM service_notification_choice"); }

    support::TestSite site;
    ServiceRequestId id;
};

TEST_F(ChosenNotifications, OnlyWhatIsOtherwiseThanUsualHasARow)
{
    auto choices = saved(site.cast.mei);
    EXPECT_EQ(choices.plan.version, 0);
    EXPECT_TRUE(save(site.cast.mei, choices));
    EXPECT_EQ(rows(), 0);
    choices = saved(site.cast.mei);
    choices.occasions[1].mail = false;
    EXPECT_TRUE(save(site.cast.mei, choices));
    EXPECT_EQ(rows(), 1);
    choices = saved(site.cast.mei);
    EXPECT_EQ(choices.occasions[1].mail, false);
    EXPECT_EQ(choices.occasions[1].site, true);
    EXPECT_EQ(choices.occasions[2].mail, true);
    choices.occasions[1].mail = true;
    EXPECT_TRUE(save(site.cast.mei, choices));
    EXPECT_EQ(rows(), 0);
}

TEST_F(ChosenNotifications, WhatChangedInTheMeantimeIsNotSavedOver)
{
    const auto first = saved(site.cast.mei);
    EXPECT_TRUE(save(site.cast.mei, first));
    EXPECT_FALSE(save(site.cast.mei, first)) << "another tab was faster";
    auto second = saved(site.cast.mei);
    site.database->write([&](db::Transaction& tx) {
        actions::switch_off_mail(tx, {.user = site.cast.mei.user_id, .occasion = "replied"}, site.clock.now());
    });
    second.plan.pace = notifications::Pace::Daily;
    EXPECT_FALSE(save(site.cast.mei, second)) << "a link in a mail was";
    EXPECT_EQ(saved(site.cast.mei).occasions[1].mail, false);
    EXPECT_EQ(saved(site.cast.mei).plan.pace, notifications::Pace::AtOnce);
}

TEST_F(ChosenNotifications, MeiIsNotNotifiedOfWhatSheSwitchedOffButOmarIs)
{
    const auto omars = site.submit(site.cast.omar, "Meter");
    switch_off_on_site(site.cast.mei, Occasion::Replied);
    write(site.cast.ravi, id);
    write(site.cast.ravi, omars);
    EXPECT_THAT(site.notifications(), ElementsAre("omar: Ravi Patel replied on SR-00002"));
}

TEST_F(ChosenNotifications, AnAnswerAboutAGasLeakIsToldWhateverWasChosen)
{
    const auto leak = site.submit(site.cast.mei, "It hisses", "gas-leak");
    switch_off_on_site(site.cast.mei, Occasion::Replied);
    switch_off_on_site(site.cast.ravi, Occasion::Commented);
    write(site.cast.ravi, leak);
    write(site.cast.mei, leak);
    const auto told = site.notifications();
    EXPECT_THAT(told, testing::Contains("mei: Ravi Patel replied on SR-00002"));
    EXPECT_THAT(told, testing::Contains("ravi: Mei Chen commented on SR-00002"));
}

TEST_F(ChosenNotifications, ACustomersWordsReachTheOthersWhenThoseWhoTookPartWantNone)
{
    write(site.cast.ravi, id);
    switch_off_on_site(site.cast.ravi, Occasion::Commented);
    switch_off_on_site(site.cast.sofia, Occasion::Commented);
    write(site.cast.mei, id);
    EXPECT_THAT(site.notifications(),
        ElementsAre("ada: Mei Chen commented on SR-00001", "mei: Ravi Patel replied on SR-00001"));
}

TEST_F(ChosenNotifications, ACustomerWhoJoinedTheStaffIsAskedAsOneOfThem)
{
    switch_off_on_site(site.cast.mei, Occasion::Replied);
    base::Visitor mei = site.cast.mei;
    site.database->write([&](db::Transaction& tx) {
        tx.apply("UPDATE auth_user SET role = 'representative' WHERE id = $1", mei.user_id);
    });
    auto choices = saved(mei);
    EXPECT_TRUE(save(mei, choices)) << "a form from before";
    EXPECT_EQ(rows(), 1) << "what the staff are not asked stays";
    mei.role = base::Role::Representative;
    EXPECT_EQ(saved(mei).occasions.size(), 2U);
}

} // namespace
