#include "attachments/held_file.hpp"

#include "attachments/survey.hpp"
#include "support/asked_statements.hpp"
#include "support/service_desk.hpp"

#include <gmock/gmock.h>

using namespace attachments;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

namespace {

class HeldFiles : public support::ServiceDesk
{
  protected:
    std::vector<std::int64_t> hold(const base::Visitor& whose, std::size_t count)
    {
        std::vector<StoredFile> files;
        for (std::size_t i = 0; i < count; ++i)
            files.push_back({.stored_name = std::to_string(++added_), .name = "a.jpg", .content_type = "image/jpeg"});
        return database->write([&](db::Transaction& tx) { return add_held_files(tx, act(whose), files); });
    }
    int added_ = 0;
};

} // namespace

TEST_F(HeldFiles, WaitForWhoeverSentThem)
{
    const auto ids = hold(cast.mei, 2);

    const auto held = list_held_files(*database->read(), cast.mei.user_id);
    ASSERT_THAT(held, SizeIs(2));
    EXPECT_EQ(held[1].id, ids[1]);
    EXPECT_EQ(held[0].file.name, "a.jpg");
    EXPECT_THAT(list_held_files(*database->read(), cast.omar.user_id), IsEmpty());
}

TEST_F(HeldFiles, TheOldestGoWhenThereAreTooMany)
{
    hold(cast.omar, 3);
    hold(cast.mei, most_held + 2);

    const auto gone =
        database->write([&](db::Transaction& tx) { return remove_surplus_held_files(tx, cast.mei.user_id); });
    EXPECT_THAT(gone, ElementsAre("4", "5"));
    EXPECT_THAT(list_held_files(*database->read(), cast.mei.user_id), SizeIs(most_held));
    EXPECT_THAT(list_held_files(*database->read(), cast.omar.user_id), SizeIs(3));
}

TEST_F(HeldFiles, AreForgottenAfterADay)
{
    hold(cast.mei, 1);
    clock.advance(longest_held);
    hold(cast.mei, 1);
    clock.advance(std::chrono::seconds(1));

    const auto gone = database->write([&](db::Transaction& tx) { return remove_old_held_files(tx, clock.now()); });
    EXPECT_THAT(gone, ElementsAre("1"));
}

TEST_F(HeldFiles, AndPreviewsAreNamedByRows)
{
    hold(cast.mei, 1);
    const auto request = submit(cast.mei, "Boiler is cold");
    database->write([&](db::Transaction& tx) {
        add_attachment(tx, act(cast.mei),
            {.stored_name = "photo",
                .name = "a.jpg",
                .content_type = "image/jpeg",
                .preview =
                    StoredPreview{.stored_name = "small", .content_type = "image/webp", .width = 3, .height = 2}},
            {.service_request = request});
    });

    EXPECT_THAT(named_by_rows(*database->read(), {"1", "photo", "small", "nobody"}),
        testing::UnorderedElementsAre("1", "photo", "small"));
    const auto shown = list_attachments(*database->read(), request, base::Visibility::Public);
    ASSERT_THAT(shown, SizeIs(1));
    ASSERT_TRUE(shown[0].preview);
    EXPECT_EQ(shown[0].preview->width, 3U);
}

TEST_F(HeldFiles, AndLeftOutFilesAndPreviewsAreFoundByTheirIndexes)
{
    if (database->engine() != db::Engine::Sqlite)
        return;
    const ServiceRequestId request{1};
    EXPECT_THAT(support::plans_of(
                    *database, [&](db::Connection& db) { list_attachments(db, request, base::Visibility::Public); }),
        AllOf(HasSubstr("INDEX attachment_by_request"), HasSubstr("SEARCH p USING INTEGER PRIMARY KEY"),
            Not(HasSubstr("SCAN")), Not(HasSubstr("TEMP B-TREE"))));
    EXPECT_THAT(support::plans_of(*database, [&](db::Connection& db) { list_held_files(db, cast.mei.user_id); }),
        AllOf(HasSubstr("USING INDEX held_file_of_user"), Not(HasSubstr("TEMP B-TREE"))));
    EXPECT_THAT(support::plans_of(*database, [&](db::Connection& db) { list_left_out(db, request); }),
        AllOf(HasSubstr("SEARCH service_left_out_file"), Not(HasSubstr("TEMP B-TREE"))));
}
