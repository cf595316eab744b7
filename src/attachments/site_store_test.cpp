#include "attachments/site_store.hpp"

#include "storage/local_store.hpp"
#include "support/service_desk.hpp"

#include <gmock/gmock.h>

using namespace attachments;
using namespace storage;
using ::testing::HasSubstr;

namespace {

class SiteStore : public support::ServiceDesk
{
  protected:
    std::unique_ptr<storage::LocalStore> store(std::string_view name) const
    {
        return std::make_unique<storage::LocalStore>(database.directory() / name);
    }
    std::string refusal(Store& claimed)
    {
        try {
            claim(*database, claimed);
        } catch (const ForeignStore& foreign) {
            return foreign.what();
        }
        return "claimed";
    }
};

} // namespace

TEST_F(SiteStore, TheFirstStartMarksDatabaseAndStoreAndLaterOnesFindIt)
{
    EXPECT_EQ(refusal(*store("a")), "claimed");
    EXPECT_EQ(store("a")->find_id().value().size(), 32U);
    EXPECT_EQ(refusal(*store("a")), "claimed");
}

TEST_F(SiteStore, AMovedDirectoryIsTheSameStore)
{
    claim(*database, *store("a"));
    std::filesystem::rename(database.directory() / "a", database.directory() / "moved");

    EXPECT_EQ(refusal(*store("moved")), "claimed");
}

TEST_F(SiteStore, AStartThatDiedBetweenMarkingStoreAndDatabaseIsFinishedByTheNext)
{
    claim(*database, *store("a"));
    database->write([](db::Transaction& tx) { tx.apply("UPDATE service_attachment_store SET is_marked = 0"); });

    EXPECT_EQ(refusal(*store("a")), "claimed");
    EXPECT_EQ(database.number("SELECT is_marked FROM service_attachment_store"), 1);
}

TEST_F(SiteStore, AnotherSitesStoreIsRefusedUntilItIsAdopted)
{
    const support::TestDatabase other;
    claim(*other, *store("theirs"));
    claim(*database, *store("ours"));

    EXPECT_THAT(refusal(*store("theirs")), HasSubstr("holds the attachments of another database"));
    EXPECT_THAT(refusal(*store("theirs")), HasSubstr("gas-utility adopt-attachments"));

    adopt(*database, *store("theirs"), clock.now());
    EXPECT_EQ(refusal(*store("theirs")), "claimed");
    EXPECT_THAT(refusal(*store("ours")), HasSubstr("another database"));
}

TEST_F(SiteStore, ANewDatabaseDoesNotTakeOverAStoreInUse)
{
    claim(*database, *store("a"));
    const support::TestDatabase fresh;

    EXPECT_THROW(claim(*fresh, *store("a")), ForeignStore);
}

TEST_F(SiteStore, AnEmptyDirectoryOnOneMachineStopsNobodyButOnASecondNodeItDoes)
{
    claim(*database, *store("a"));

    if (database->engine() == db::Engine::Sqlite) {
        EXPECT_EQ(refusal(*store("b")), "claimed");
        EXPECT_EQ(store("b")->find_id(), store("a")->find_id());
    } else {
        EXPECT_THAT(refusal(*store("b")), HasSubstr("All nodes need the same one"));
        EXPECT_EQ(store("b")->find_id(), std::nullopt);
        adopt(*database, *store("b"), clock.now());
        EXPECT_EQ(refusal(*store("b")), "claimed");
    }
}

TEST_F(SiteStore, ACopyCarriesTheMarkAndGoesNowhereElse)
{
    const auto source = store("a");
    EXPECT_NO_THROW(share_mark(*database, *source, *store("unused")));
    claim(*database, *source);
    const auto copy = store("copy");
    share_mark(*database, *source, *copy);
    EXPECT_EQ(copy->find_id(), source->find_id());
    EXPECT_NO_THROW(share_mark(*database, *source, *copy)) << "a second run of the same copy";
    EXPECT_EQ(refusal(*copy), "claimed");

    EXPECT_THROW(share_mark(*database, *store("somewhere"), *copy), ForeignStore);
    const support::TestDatabase other;
    const auto theirs = store("theirs");
    claim(*other, *theirs);
    EXPECT_THROW(share_mark(*database, *source, *theirs), ForeignStore);
    EXPECT_THROW(share_mark(*database, *theirs, *copy), ForeignStore);
}
