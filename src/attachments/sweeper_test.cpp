#include "attachments/sweeper.hpp"

#include "attachments/attachment.hpp"
#include "attachments/site_store.hpp"
#include "storage/local_store.hpp"
#include "support/service_desk.hpp"

#include <gmock/gmock.h>

using namespace attachments;
using namespace storage;
using namespace std::chrono_literals;
using ::testing::HasSubstr;
using ::testing::StartsWith;

namespace {

constexpr auto nothing_swept = "no files were swept";

/// What a dump of the database holds of who sweeps.
struct Dump
{
    std::string mark;
    std::string mark_before;
    base::Time swept_at;
};

class SweeperTest : public support::ServiceDesk
{
  protected:
    SweeperTest() { claim(*database, store); }

    /// A kept file that lay in the store for so long.
    std::string keep(base::Time::duration age)
    {
        const auto path = store.temporary_directory() / ("upload" + std::to_string(++uploads_));
        base::write_all(base::create_file(path), "picture");
        const std::string name = store.keep(path, {});
        set_age(store.path_of(name), age);
        return name;
    }
    std::string keep_named(base::Time::duration age)
    {
        const std::string name = keep(age);
        name_file(name, clock.now());
        return name;
    }
    void name_file(const std::string& name, base::Time at)
    {
        const auto request = submit(cast.mei, "Boiler is cold");
        database->write([&](db::Transaction& tx) {
            add_attachment(tx, base::act_of({}, at),
                {.stored_name = name, .name = "a.jpg", .content_type = "image/jpeg", .size = 1, .sha256 = "x"},
                {.service_request = request});
        });
    }
    void set_age(const std::filesystem::path& file, base::Time::duration age)
    {
        std::filesystem::last_write_time(file, std::chrono::file_clock::from_sys(clock.now() - age));
    }
    bool is_kept(const std::string& name) const { return std::filesystem::exists(store.path_of(name)); }

    Sweeper sweeper(StoreUse use = StoreUse::Alone) { return {*database, store, use, clock.now()}; }
    std::string sweep(Sweeper& with) { return with.sweep(*database->read(), clock.now()); }

    Dump dump() const
    {
        return database->read()
            ->query("SELECT sweep_mark, sweep_mark_before, swept_at FROM service_attachment_store")
            .first([](const db::Row& row) {
                return Dump{row.string(0), row.string(1), row.time(2)};
            })
            .value();
    }
    /// A database that knows of no file, only of who swept when it was dumped.
    void restore(const Dump& dumped, support::TestDatabase& into) const
    {
        into->write([&](db::Transaction& tx) {
            tx.apply("UPDATE service_attachment_store SET store_id = $1, is_marked = 1, sweep_mark = $2,"
                     " sweep_mark_before = $3, swept_at = $4",
                store.find_id().value(), dumped.mark, dumped.mark_before, dumped.swept_at);
        });
    }

    LocalStore store{database.directory() / "attachments"};

  private:
    int uploads_ = 0;
};

} // namespace

TEST_F(SweeperTest, MovesOnlyOldFilesThatNoRowNames)
{
    const std::string named = keep_named(90min);
    const std::string forgotten = keep(90min);
    const std::string young = keep(59min);
    const auto foreign = store.path_of(named).parent_path() / "notes.txt";
    base::write_all(base::create_file(foreign), "mine");
    set_age(foreign, 90min);
    Sweeper ours = sweeper();

    EXPECT_THAT(sweep(ours), StartsWith("1 files"));
    EXPECT_TRUE(is_kept(named));
    EXPECT_FALSE(is_kept(forgotten));
    EXPECT_TRUE(is_kept(young));
    EXPECT_TRUE(std::filesystem::exists(foreign));
    ASSERT_EQ(store.list_trash().size(), 1U);
    EXPECT_EQ(store.list_trash()[0].stored_name, forgotten);
    EXPECT_EQ(store.list_trash()[0].day, "2026-11-16");
    EXPECT_THAT(sweep(ours), StartsWith("0 files"));
}

TEST_F(SweeperTest, TheTrashIsEmptiedAfterThirtyDays)
{
    submit(cast.mei, "Boiler is cold");
    keep(90min);
    Sweeper ours = sweeper();
    sweep(ours);

    clock.advance(std::chrono::days(30));
    sweep(ours);
    EXPECT_EQ(store.list_trash().size(), 1U);
    clock.advance(std::chrono::days(1));
    sweep(ours);
    EXPECT_TRUE(store.list_trash().empty());
}

TEST_F(SweeperTest, WhatARowNamesComesBackFromTheTrash)
{
    const std::string name = keep_named(90min);
    store.move_to_trash({.stored_name = name, .day = "2020-01-01"});
    Sweeper ours = sweeper();

    sweep(ours);

    EXPECT_TRUE(is_kept(name));
    EXPECT_TRUE(store.list_trash().empty());
}

TEST_F(SweeperTest, ARestoredOlderDatabaseSweepsNothingOfTheRunningSite)
{
    Sweeper ours = sweeper();
    sweep(ours);
    const Dump dumped = dump();
    std::vector<std::string> live;
    for (int i = 0; i < 5; ++i)
        live.push_back(keep_named(2h));
    clock.advance(10min);
    EXPECT_THAT(sweep(ours), StartsWith("0 files"));

    support::TestDatabase older;
    restore(dumped, older);
    EXPECT_NO_THROW(claim(*older, store));
    Sweeper theirs(*older, store, StoreUse::Alone, clock.now());
    for (int i = 0; i < 20; ++i) {
        EXPECT_EQ(theirs.sweep(*older->read(), clock.now()), nothing_swept);
        clock.advance(10min);
    }

    for (const std::string& name : live)
        EXPECT_TRUE(is_kept(name));
    EXPECT_THAT(sweep(ours), StartsWith("0 files"));
    const std::string forgotten = keep(2h);
    EXPECT_THAT(sweep(ours), StartsWith("1 files")) << "the site itself goes on";
    EXPECT_FALSE(is_kept(forgotten));
}

TEST_F(SweeperTest, ADatabaseRestoredInPlaceSweepsNothingThatCameSince)
{
    Sweeper ours = sweeper();
    sweep(ours);
    const Dump dumped = dump();
    const std::string live = keep_named(2h);
    ours.leave(clock.now());

    support::TestDatabase older;
    restore(dumped, older);
    Sweeper theirs(*older, store, StoreUse::Alone, clock.now());
    EXPECT_EQ(theirs.sweep(*older->read(), clock.now()), nothing_swept);
    theirs.leave(clock.now());
    EXPECT_EQ(theirs.sweep(*older->read(), clock.now()), nothing_swept);
    EXPECT_TRUE(is_kept(live));

    take_over(*older, store, clock.now());
    EXPECT_THAT(theirs.sweep(*older->read(), clock.now()), StartsWith("1 files")) << "somebody said that it is right";
}

TEST_F(SweeperTest, ADatabaseFromBeforeMarksIsOlderThanAStoreWithOne)
{
    const Dump dumped = dump();
    Sweeper ours = sweeper();
    sweep(ours);
    const std::string live = keep_named(2h);

    support::TestDatabase older;
    restore(dumped, older);
    Sweeper theirs(*older, store, StoreUse::Alone, clock.now());
    EXPECT_EQ(theirs.sweep(*older->read(), clock.now()), nothing_swept);
    EXPECT_TRUE(is_kept(live));
}

TEST_F(SweeperTest, ACopyMadeThisMinuteLooksOnUntilTheRunningSiteHasLeftItsMark)
{
    Sweeper ours = sweeper(StoreUse::Shared);
    clock.advance(15min);
    EXPECT_THAT(sweep(ours), StartsWith("0 files"));
    support::TestDatabase copy;
    restore(dump(), copy);
    Sweeper theirs(*copy, store, StoreUse::Shared, clock.now());
    const std::string live = keep_named(2h);

    EXPECT_THAT(theirs.sweep(*copy->read(), clock.now()), HasSubstr("15 minutes"));
    clock.advance(10min);
    EXPECT_THAT(sweep(ours), StartsWith("0 files"));
    EXPECT_THAT(theirs.sweep(*copy->read(), clock.now()), HasSubstr("15 minutes"));
    clock.advance(10min);
    EXPECT_EQ(theirs.sweep(*copy->read(), clock.now()), nothing_swept);
    EXPECT_TRUE(is_kept(live));
}

TEST_F(SweeperTest, WhenTwoDatabasesKeepFilesThereNeitherSweeps)
{
    Sweeper ours = sweeper();
    sweep(ours);
    support::TestDatabase copy;
    restore(dump(), copy);
    Sweeper theirs(*copy, store, StoreUse::Alone, clock.now());
    EXPECT_THAT(theirs.sweep(*copy->read(), clock.now()), StartsWith("0 files")) << "ours stood still meanwhile";
    const std::string live = keep_named(0min);
    EXPECT_EQ(sweep(ours), nothing_swept);

    clock.advance(2h);
    EXPECT_EQ(theirs.sweep(*copy->read(), clock.now()), nothing_swept);
    EXPECT_TRUE(is_kept(live));
}

TEST_F(SweeperTest, FilesNewerThanAllThatTheDatabaseKnowsStayUntilItIsInUse)
{
    submit(cast.mei, "Boiler is cold");
    clock.advance(3h);
    const std::string newer = keep(2h);
    const std::string older = keep(20h);
    Sweeper ours = sweeper();

    EXPECT_EQ(sweep(ours), nothing_swept);
    EXPECT_TRUE(is_kept(newer));
    EXPECT_TRUE(is_kept(older));

    submit(cast.mei, "It is still cold");
    EXPECT_THAT(sweep(ours), StartsWith("2 files"));
}

TEST_F(SweeperTest, AFailedFormsFileOnAnIdleSiteGoesAfterAnHour)
{
    Sweeper ours = sweeper();
    sweep(ours);
    clock.advance(std::chrono::days(3));
    sweep(ours);
    clock.advance(5min);
    const std::string forgotten = keep(0min);
    for (int i = 0; i < 6; ++i) {
        clock.advance(10min);
        EXPECT_THAT(sweep(ours), StartsWith("0 files"));
    }
    clock.advance(10min);

    EXPECT_THAT(sweep(ours), StartsWith("1 files"));
    EXPECT_FALSE(is_kept(forgotten));
}

TEST_F(SweeperTest, MoreThanTwentyFilesAtOnceLookLikeAMistake)
{
    submit(cast.mei, "Boiler is cold");
    for (int i = 0; i < 21; ++i)
        keep(90min);
    Sweeper ours = sweeper();

    EXPECT_EQ(sweep(ours), nothing_swept);
    EXPECT_EQ(survey(*database->read(), store).unnamed.size(), 21U);
    EXPECT_THAT(objection(*database, store, survey(*database->read(), store), clock.now()).value(),
        HasSubstr("21 of 21 files"));

    store.discard(survey(*database->read(), store).unnamed[0].stored_name);
    EXPECT_THAT(sweep(ours), StartsWith("20 files"));
}

TEST_F(SweeperTest, OfALargeStoreAHundredthIsSweptAtOnce)
{
    EXPECT_EQ(most_swept_at_once(0), 20U);
    EXPECT_EQ(most_swept_at_once(2000), 20U);
    EXPECT_EQ(most_swept_at_once(100'000), 1000U);
}

TEST_F(SweeperTest, ADeathBetweenTellingDatabaseAndStoreStopsNoLaterSweep)
{
    submit(cast.mei, "Boiler is cold");
    Sweeper ours = sweeper();
    sweep(ours);
    const std::string before = store.find_note("sweep-mark").value();
    sweep(ours);
    store.set_note("sweep-mark", before);
    keep(90min);

    EXPECT_THAT(sweep(ours), StartsWith("1 files"));
}

TEST_F(SweeperTest, PartsOfASlowUploadStayAndThoseOfAKilledProcessGo)
{
    const auto running = store.temporary_directory() / "running";
    const auto stale = store.temporary_directory() / "stale";
    base::write_all(base::create_file(running), "half an upload");
    base::write_all(base::create_file(stale), "half an upload");
    set_age(running, 23h);
    set_age(stale, 25h);
    Sweeper ours = sweeper(StoreUse::Shared);

    sweep(ours);

    EXPECT_TRUE(std::filesystem::exists(running));
    EXPECT_FALSE(std::filesystem::exists(stale));
}

TEST_F(SweeperTest, AnUploadThatIsBeingWrittenStaysWhateverTheClockSays)
{
    const auto path = store.temporary_directory() / "upload";
    Sweeper ours = sweeper();
    {
        const base::Descriptor writer = base::create_file(path);
        base::lock_for_writing(writer);
        set_age(path, std::chrono::days(400));
        sweep(ours);
        EXPECT_TRUE(std::filesystem::exists(path));
    }
    sweep(ours);
    EXPECT_FALSE(std::filesystem::exists(path));
}

TEST_F(SweeperTest, TheSurveyCountsFilesRowsAndWhatIsMissing)
{
    for (int i = 0; i < 70; ++i)
        keep(0min);
    keep_named(0min);
    store.discard(keep_named(0min));

    EXPECT_EQ(in_words(survey(*database->read(), store)),
        "1 of 71 files are named by this database; 1 of its rows name files that are not there");
}
