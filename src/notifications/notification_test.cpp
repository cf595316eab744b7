#include "notifications/notification.hpp"

#include "base/error.hpp"
#include "notifications/choice.hpp"
#include "support/service_desk.hpp"

#include <gmock/gmock.h>

using namespace notifications;
using service_requests::Status;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

namespace {

class Notifications : public support::ServiceDesk
{
  protected:
    std::int64_t unread(const base::Visitor& user) { return count_unread(*database->read(), user.user_id); }
    std::vector<Notification> list(const base::Visitor& user, const Position& before = {})
    {
        return list_notifications(*database->read(), user.user_id, before);
    }
};

} // namespace

TEST_F(Notifications, ASentenceOfBeforeIsShownAsItWas)
{
    const auto id = submit(cast.mei, "Boiler is cold");
    database->write([&](db::Transaction& tx) {
        tx.apply("INSERT INTO service_notification (user_id, service_request_id, message, created_at)"
                 " VALUES ($1, $2, 'Your request is Resolved.', $3)",
            cast.mei.user_id, id, clock.now());
        tx.apply("INSERT INTO service_notification (user_id, service_request_id, message, kind, created_at)"
                 " VALUES ($1, $2, '', 'of a newer version', $3)",
            cast.mei.user_id, id, clock.now());
    });

    EXPECT_THAT(messages_to(cast.mei), ElementsAre("Something happened on SR-00001", "Your request is Resolved."));
}

TEST_F(Notifications, CustomerHearsOfAnswersAndOfTheStatus)
{
    const auto id = submit(cast.mei, "Boiler is cold");
    comment(cast.ravi, id, "We are coming");
    set_status(cast.ravi, id, Status::Resolved);
    set_status(cast.sofia, id, Status::Pending);

    EXPECT_THAT(messages_to(cast.mei), ElementsAre("SR-00001 was reopened by Sofia Marchetti", "SR-00001 is resolved",
                                           "Ravi Patel replied on SR-00001"));
    EXPECT_EQ(unread(cast.mei), 3);
    EXPECT_THAT(messages_to(cast.omar), IsEmpty());
    EXPECT_THAT(messages_to(cast.ravi), IsEmpty());
}

TEST_F(Notifications, StaffWhoTookPartHearOfTheCustomerOnceEach)
{
    const auto id = submit(cast.mei, "Boiler is cold");
    comment(cast.ravi, id, "Hello");
    comment(cast.ravi, id, "Note to self", base::Visibility::Internal);
    set_status(cast.sofia, id, Status::Resolved);
    comment(cast.mei, id, "Still cold");
    set_status(cast.mei, id, Status::Pending);

    EXPECT_THAT(
        messages_to(cast.ravi), ElementsAre("SR-00001 was reopened by Mei Chen", "Mei Chen commented on SR-00001"));
    EXPECT_THAT(
        messages_to(cast.sofia), ElementsAre("SR-00001 was reopened by Mei Chen", "Mei Chen commented on SR-00001"));
    EXPECT_THAT(messages_to(cast.ada), IsEmpty());
    EXPECT_THAT(messages_to(cast.mei), ElementsAre("SR-00001 is resolved", "Ravi Patel replied on SR-00001"));
}

TEST_F(Notifications, ACustomersWordsReachTheRepresentativesWhenNobodyActiveTookPart)
{
    const auto id = submit(cast.mei, "Boiler is cold");
    comment(cast.mei, id, "It is the cellar");
    EXPECT_THAT(messages_to(cast.ravi), ElementsAre("Mei Chen commented on SR-00001"));
    EXPECT_THAT(messages_to(cast.sofia), IsEmpty());
    EXPECT_THAT(messages_to(cast.ada), IsEmpty());

    comment(cast.sofia, id, "We are coming");
    comment(cast.mei, id, "Thank you");
    EXPECT_THAT(messages_to(cast.sofia), ElementsAre("Mei Chen commented on SR-00001"));
    EXPECT_THAT(messages_to(cast.ravi), ElementsAre("Mei Chen commented on SR-00001")) << "Sofia looks after it";
}

TEST_F(Notifications, ACustomersWordsReachAllStaffWhenThereIsNoRepresentative)
{
    const auto id = submit(cast.mei, "Boiler is cold");
    comment(cast.ravi, id, "We are coming");
    database->write(
        [&](db::Transaction& tx) { tx.apply("UPDATE auth_user SET is_active = 0 WHERE id = $1", cast.ravi.user_id); });
    comment(cast.mei, id, "Nobody came");
    EXPECT_THAT(messages_to(cast.ravi), IsEmpty());
    EXPECT_THAT(messages_to(cast.sofia), ElementsAre("Mei Chen commented on SR-00001"));
    EXPECT_THAT(messages_to(cast.ada), ElementsAre("Mei Chen commented on SR-00001"));
}

TEST_F(Notifications, ACustomersWordsReachAllStaffWhenTheRepresentativesSwitchedThemOff)
{
    const auto id = submit(cast.mei, "Boiler is cold");
    database->write([&](db::Transaction& tx) {
        tx.apply("INSERT INTO service_notification_choice (user_id, occasion, site, mail) VALUES ($1, $2, 0, 0)",
            cast.ravi.user_id, occasion_name(Occasion::Commented));
    });
    comment(cast.mei, id, "It is the cellar");
    EXPECT_THAT(messages_to(cast.ravi), IsEmpty());
    EXPECT_THAT(messages_to(cast.sofia), ElementsAre("Mei Chen commented on SR-00001"));
    EXPECT_THAT(messages_to(cast.ada), ElementsAre("Mei Chen commented on SR-00001"));
}

TEST_F(Notifications, WordsAboutAnEmergencyThatNobodyTookPartInReachAllStaff)
{
    const auto id = submit(cast.mei, "Smell of gas in the cellar", "gas-leak");
    comment(cast.mei, id, "It is stronger now");
    for (const auto& reader : {cast.ravi, cast.sofia, cast.ada})
        EXPECT_THAT(messages_to(reader), testing::Contains("Mei Chen commented on SR-00001")) << reader.username;
}

TEST_F(Notifications, AnInternalNoteTellsNobody)
{
    const auto id = submit(cast.mei, "Boiler is cold");
    comment(cast.ravi, id, "Crew is late", base::Visibility::Internal);

    EXPECT_EQ(database.number("SELECT COUNT(*) FROM service_notification"), 0);
}

TEST_F(Notifications, NobodyHearsOfTheirOwnDoingAndTheInactiveHearNothing)
{
    const auto id = submit(cast.ravi, "My own boiler");
    comment(cast.ravi, id, "Hello me");
    set_status(cast.ravi, id, Status::Resolved);
    const auto hers = submit(cast.mei, "Boiler is cold");
    database->write(
        [&](db::Transaction& tx) { tx.apply("UPDATE auth_user SET is_active = 0 WHERE id = $1", cast.mei.user_id); });
    set_status(cast.ravi, hers, Status::Resolved);

    EXPECT_EQ(database.number("SELECT COUNT(*) FROM service_notification"), 0);
}

TEST_F(Notifications, AnEmergencyOpenAgainReachesAStaffMembersOwnLeakOnce)
{
    const auto id = submit(cast.ravi, "Smell of gas at home", "gas-leak");
    EXPECT_THAT(messages_to(cast.ravi), IsEmpty());
    EXPECT_THAT(messages_to(cast.sofia), ElementsAre("A gas leak was reported: SR-00001"));
    set_status(cast.sofia, id, Status::Resolved);
    set_status(cast.sofia, id, Status::Pending);

    EXPECT_THAT(messages_to(cast.ravi),
        ElementsAre("The gas leak SR-00001 was reopened by Sofia Marchetti", "SR-00001 is resolved"));
    EXPECT_THAT(messages_to(cast.sofia), SizeIs(1));
    EXPECT_THAT(messages_to(cast.mei), IsEmpty());
}

TEST_F(Notifications, AReporterWithoutSignInIsNamedPlainly)
{
    const auto id = submit({}, "Smell in the street", "gas-leak");
    database->write([&](db::Transaction& tx) {
        service_requests::note_comment(tx, act(cast.ravi), id, {});
        notify_participants(tx, act({}), {id, Kind::Commented});
    });

    EXPECT_THAT(
        messages_to(cast.ravi), ElementsAre("A guest commented on SR-00001", "A gas leak was reported: SR-00001"));
}

TEST_F(Notifications, UnreadOnesOfOneKindPersonAndRequestAreRenewed)
{
    const auto id = submit(cast.mei, "Boiler is cold");
    const auto other = submit(cast.mei, "The meter stopped");
    comment(cast.ravi, id, "Hello");
    comment(cast.ravi, other, "Hello");
    comment(cast.mei, id, "It is the cellar");
    comment(cast.ravi, id, "We are coming");
    comment(cast.sofia, id, "On Monday");
    comment(cast.ravi, id, "At eight");
    set_status(cast.ravi, id, Status::Resolved);

    EXPECT_THAT(messages_to(cast.mei), ElementsAre("SR-00001 is resolved", "Ravi Patel replied on SR-00001 (3 times)",
                                           "Sofia Marchetti replied on SR-00001", "Ravi Patel replied on SR-00002"));
    EXPECT_EQ(unread(cast.mei), 4);
    EXPECT_EQ(list(cast.mei).at(1).comment_start, "At eight");
    EXPECT_THAT(messages_to(cast.ravi), ElementsAre("Mei Chen commented on SR-00001"));
}

TEST_F(Notifications, OneThatWasReadIsNotRenewed)
{
    const auto id = submit(cast.mei, "Boiler is cold");
    comment(cast.ravi, id, "Hello");
    database->write([&](db::Transaction& tx) { mark_read_for(tx, cast.mei.user_id, id, clock.now()); });
    comment(cast.ravi, id, "Still there?");

    EXPECT_THAT(messages_to(cast.mei), ElementsAre("Ravi Patel replied on SR-00001", "Ravi Patel replied on SR-00001"));
    EXPECT_EQ(unread(cast.mei), 1);
    EXPECT_FALSE(list(cast.mei).at(0).is_read);
}

TEST_F(Notifications, AConversationThatNobodyReadsAddsNoRows)
{
    const auto id = submit(cast.mei, "Boiler is cold");
    comment(cast.ravi, id, "Hello");
    comment(cast.sofia, id, "Hello");
    comment(cast.mei, id, "First");
    const std::int64_t rows = database.number("SELECT COUNT(*) FROM service_notification");
    for (int i = 0; i < 20; ++i)
        comment(cast.mei, id, "Again");

    EXPECT_EQ(database.number("SELECT COUNT(*) FROM service_notification"), rows);
    EXPECT_EQ(database.number("SELECT COUNT(*) FROM service_notification WHERE kind = 'commented' AND times = 21"), 2);
}

TEST_F(Notifications, OneThatIsRenewedInTheSameMomentIsLaterThanItWas)
{
    const auto id = submit(cast.mei, "Boiler is cold");
    const auto reply = [&] {
        database->write([&](db::Transaction& tx) { notify_customer(tx, act(cast.ravi), {id, Kind::Replied}); });
    };
    reply();
    const Notification shown = list(cast.mei).at(0);
    reply();
    database->write([&](db::Transaction& tx) { mark_all_read(tx, cast.mei.user_id, {shown.created_at, shown.id}); });

    EXPECT_EQ(unread(cast.mei), 1);
}

TEST_F(Notifications, TheFirstWordsAreOfAPublicCommentOnly)
{
    const auto id = submit(cast.mei, "Boiler is cold");
    comment(cast.ravi, id, "We are coming");
    database->write([&](db::Transaction& tx) { tx.apply("UPDATE service_comment SET visibility = 'internal'"); });

    EXPECT_EQ(list(cast.mei).at(0).comment_start, "");
    EXPECT_EQ(list(cast.mei).at(0).description_start, "Boiler is cold");
}

TEST_F(Notifications, WhoLeftTheStaffReadsNoWordsOfOthers)
{
    const auto id = submit(cast.mei, "Boiler is cold");
    comment(cast.mei, id, "It is the cellar");
    EXPECT_EQ(list(cast.ravi).at(0).comment_start, "It is the cellar");
    database->write([&](db::Transaction& tx) {
        tx.apply("UPDATE auth_user SET role = 'customer' WHERE id = $1", cast.ravi.user_id);
    });

    EXPECT_EQ(list(cast.ravi).at(0).comment_start, "");
    EXPECT_EQ(list(cast.ravi).at(0).description_start, "");
}

TEST_F(Notifications, OnlyOnesOwnAreMarkedRead)
{
    const auto id = submit(cast.mei, "Boiler is cold");
    comment(cast.ravi, id, "We are coming");
    const auto mark = [&](const base::Visitor& by) {
        return database->write([&](db::Transaction& tx) { return mark_read_for(tx, by.user_id, id, clock.now()); });
    };

    EXPECT_EQ(mark(cast.omar), 0);
    EXPECT_EQ(mark(cast.ravi), 0);
    EXPECT_EQ(unread(cast.mei), 1);
    EXPECT_EQ(mark(cast.mei), 1);
    EXPECT_TRUE(list(cast.mei).at(0).is_read);
    EXPECT_EQ(unread(cast.mei), 0);
}

TEST_F(Notifications, MarkingAllLeavesTheOneThatCameMeanwhileAndOthersAlone)
{
    const auto hers = submit(cast.mei, "One");
    const auto his = submit(cast.omar, "Two");
    comment(cast.ravi, hers, "a");
    comment(cast.ravi, his, "b");
    const Notification newest_seen = list(cast.mei).front();
    comment(cast.sofia, hers, "c");

    const auto marked = database->write([&](db::Transaction& tx) {
        return mark_all_read(tx, cast.mei.user_id, {newest_seen.created_at, newest_seen.id});
    });
    EXPECT_EQ(marked, 1);
    EXPECT_EQ(unread(cast.mei), 1);
    EXPECT_EQ(unread(cast.omar), 1);
}

TEST_F(Notifications, SeeingAServiceRequestMarksItsOwnUpToWhatWasShown)
{
    const auto first = submit(cast.mei, "One");
    const auto second = submit(cast.mei, "Two");
    comment(cast.ravi, first, "a");
    comment(cast.ravi, second, "b");
    const auto drawn = find_newest_unread(*database->read(), cast.mei.user_id, first);
    ASSERT_TRUE(drawn);
    comment(cast.sofia, first, "c");

    const auto marked =
        database->write([&](db::Transaction& tx) { return mark_read_for(tx, cast.mei.user_id, first, *drawn); });
    EXPECT_EQ(marked, 1);
    EXPECT_THAT(messages_to(cast.mei), SizeIs(3));
    EXPECT_FALSE(list(cast.mei).at(0).is_read);
    EXPECT_FALSE(list(cast.mei).at(1).is_read);
    EXPECT_TRUE(list(cast.mei).at(2).is_read);
    EXPECT_EQ(find_newest_unread(*database->read(), cast.omar.user_id, first), std::nullopt);
}

TEST_F(Notifications, PagesGoOnWhereTheLastOneEnded)
{
    for (int i = 0; i < 30; ++i)
        comment(cast.ravi, submit(cast.mei, "One"), "again");
    const auto first = list(cast.mei);
    ASSERT_THAT(first, SizeIs(page_size + 1));
    const auto second = list(cast.mei, {first[page_size - 1].created_at, first[page_size - 1].id});
    ASSERT_THAT(second, SizeIs(30 - page_size));
    EXPECT_EQ(second.front().id, first.back().id);
}
