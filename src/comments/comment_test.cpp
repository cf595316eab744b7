#include "comments/comment.hpp"

#include "attachments/attachment.hpp"
#include "base/error.hpp"
#include "events/event.hpp"
#include "support/service_desk.hpp"

#include <gmock/gmock.h>

using namespace comments;
using base::Visibility;
using ::testing::SizeIs;

namespace {

class Comments : public support::ServiceDesk
{
  protected:
    std::vector<Comment> list(ServiceRequestId id, Visibility deepest)
    {
        return list_comments(*database->read(), id, deepest);
    }
};

} // namespace

TEST_F(Comments, CustomerNeverReadsOrCountsInternalOnes)
{
    const auto id = submit(cast.mei, "Boiler is cold");
    comment(cast.mei, id, "Any news?");
    comment(cast.ravi, id, "Crew is late", Visibility::Internal);
    comment(cast.ravi, id, "A crew is coming");

    const auto for_customer = list(id, Visibility::Public);
    ASSERT_THAT(for_customer, SizeIs(2));
    EXPECT_EQ(for_customer[0].text, "Any news?");
    EXPECT_EQ(for_customer[0].author_name, "Mei Chen");
    EXPECT_FALSE(for_customer[0].author_is_staff);
    EXPECT_EQ(for_customer[1].text, "A crew is coming");
    EXPECT_TRUE(for_customer[1].author_is_staff);
    EXPECT_THAT(list(id, Visibility::Internal), SizeIs(3));

    EXPECT_EQ(seen_by(cast.mei, id).public_comments, 2);
    EXPECT_EQ(seen_by(cast.mei, id).internal_comments, 0);
    EXPECT_EQ(seen_by(cast.ravi, id).internal_comments, 1);
    const auto own = service_requests::list_visible_service_requests(*database->read(), cast.mei.user_id, {}, {});
    EXPECT_EQ(own.at(0).internal_comments, 0);
}

TEST_F(Comments, ACommentLeavesItsEventAndMovesTheUpdateButNotTheVersion)
{
    const auto id = submit(cast.mei, "Boiler is cold");
    const auto note = comment(cast.ravi, id, "Crew is late", Visibility::Internal);

    const auto events =
        events::list_events(*database->read(), events::Subject::ServiceRequest, id.value, Visibility::Internal);
    ASSERT_THAT(events, SizeIs(2));
    EXPECT_EQ(events[1].kind, events::Kind::Commented);
    EXPECT_EQ(events[1].comment_id, note);
    EXPECT_EQ(events[1].visibility, Visibility::Internal);
    EXPECT_THAT(events::list_events(*database->read(), events::Subject::ServiceRequest, id.value, Visibility::Public),
        SizeIs(1));
    EXPECT_EQ(seen_by(cast.ravi, id).updated_at, clock.now());
    EXPECT_EQ(seen_by(cast.ravi, id).version, 1);
}

TEST_F(Comments, ACommentOfNobodyHasNoName)
{
    const auto id = submit({}, "Smell in the street", "gas-leak");
    // As an import leaves it when the author is not there.
    const auto said = database->write([&](db::Transaction& tx) {
        return tx.insert<CommentId>(R"(
            INSERT INTO service_comment (service_request_id, text, created_at)
            VALUES ($1, 'It got stronger', $2))",
            id, clock.now());
    });

    const auto found = get_comment(*database->read(), said);
    EXPECT_EQ(found.author_name, "");
    EXPECT_FALSE(found.author_is_staff);
    EXPECT_EQ(found.service_request_id, id);
    EXPECT_THROW(get_comment(*database->read(), CommentId{999}), base::NotFound);
}

TEST_F(Comments, AreRefusedOfWhomTheDatabaseDoesNotLet)
{
    const auto id = submit(cast.mei, "Boiler is cold");
    EXPECT_THROW(comment({}, id, "A guest"), base::NotFound);
    EXPECT_THROW(comment(cast.omar, id, "Nosy"), base::NotFound);
    EXPECT_THROW(comment(cast.mei, id, "As if of the staff", Visibility::Internal), base::NotFound);
    database->write([](db::Transaction& tx) {
        tx.apply("UPDATE auth_user SET role = 'customer' WHERE username = 'ravi'");
        tx.apply("UPDATE auth_user SET is_active = 0 WHERE username = 'mei'");
    });
    EXPECT_THROW(comment(cast.ravi, id, "No longer of the staff"), base::NotFound);
    EXPECT_THROW(comment(cast.mei, id, "No longer active"), base::NotFound);
    EXPECT_EQ(database.number("SELECT COUNT(*) FROM service_comment"), 0);
}

TEST_F(Comments, ACommentOnNothingIsRefused)
{
    EXPECT_THROW(comment(cast.mei, ServiceRequestId{999}, "Hello"), base::NotFound);
    EXPECT_EQ(database.number("SELECT COUNT(*) FROM service_comment"), 0);
}

TEST_F(Comments, CommentsOfOtherServiceRequestsStayApart)
{
    const auto mine = submit(cast.mei, "One");
    const auto his = submit(cast.omar, "Two");
    comment(cast.omar, his, "Mine");

    EXPECT_THAT(list(mine, Visibility::Internal), SizeIs(0));
    EXPECT_THAT(list(his, Visibility::Internal), SizeIs(1));
}
