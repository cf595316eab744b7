// Which databases are served as the site: not a copy, not a half one, not one in which a rehearsal wrote.

#include "server/opening/site_state.hpp"

#include "attachments/sweeper.hpp"
#include "base/crypto.hpp"
#include "server/house.hpp"
#include "server/opening/open.hpp"
#include "storage/local_store.hpp"
#include "storage/rehearsal_store.hpp"
#include "support/fake_clock.hpp"
#include "support/test_database.hpp"

#include <gmock/gmock.h>

namespace {

using server::Unfinished;
using testing::AllOf;
using testing::HasSubstr;
using testing::Optional;

class SiteState : public testing::Test
{
  protected:
    std::string objection() const { return server::objection_to_serve(*database, &store).value_or("served"); }
    void set_unfinished(Unfinished unfinished) const
    {
        database->write([&](db::Transaction& tx) { server::set_unfinished(tx, unfinished); });
    }
    /// As if the rows had been restored to another place.
    void move_away() const
    {
        database->write([](db::Transaction& tx) { tx.apply("UPDATE site_state SET home = '/backup/of/it'"); });
    }
    std::string keep(storage::Store& into, std::string_view bytes) const
    {
        const auto path = into.temporary_directory() / "upload";
        base::write_all(base::create_file(path), bytes);
        return into.keep(path, base::hex(base::sha256(bytes)));
    }
    std::string refusal(const std::function<void()>& work) const
    {
        try {
            work();
        } catch (const server::Refused& refused) {
            return refused.what();
        }
        return "done";
    }

    support::FakeClock clock;
    support::TestDatabase database;
    storage::LocalStore store{database.directory() / "attachments"};
};

TEST_F(SiteState, ADatabaseKnowsWhereItIsAndIsServedThereAgain)
{
    EXPECT_FALSE(database->home().empty());
    EXPECT_EQ(database->home(), database->home());

    server::claim_site(*database, store);
    EXPECT_EQ(server::site_state(*database).home, database->home());
    EXPECT_EQ(refusal([&] { server::claim_site(*database, store); }), "done");
}

TEST_F(SiteState, TwoDatabasesAreAtTwoPlaces)
{
    const support::TestDatabase other;
    EXPECT_NE(other->home(), database->home());
}

TEST_F(SiteState, ACopyIsRefusedUntilItIsAdopted)
{
    server::claim_site(*database, store);
    move_away();

    EXPECT_THAT(objection(), AllOf(HasSubstr("is a copy"), HasSubstr("/backup/of/it"), HasSubstr("--rehearsal"),
                                 HasSubstr("gas-utility adopt-attachments")));
    EXPECT_THAT(refusal([&] { server::claim_site(*database, store); }), HasSubstr("is a copy"));

    server::adopt(*database, store, clock.now());
    EXPECT_EQ(objection(), "served");
    EXPECT_EQ(refusal([&] { server::claim_site(*database, store); }), "done");
}

TEST_F(SiteState, WhatIsCopiedFromACopyIsACopyToo)
{
    const support::TestDatabase target;
    const auto objection_to_target = [&] { return server::objection_to_serve(*target, nullptr).value_or("served"); };
    server::claim_site(*database, store);
    server::complete_copy(*database, *target);
    EXPECT_EQ(objection_to_target(), "served") << "the site moves";

    move_away();
    server::complete_copy(*database, *target);
    EXPECT_THAT(objection_to_target(), AllOf(HasSubstr("is a copy"), HasSubstr("/backup/of/it")));

    set_unfinished(Unfinished::Rehearsal);
    server::complete_copy(*database, *target);
    EXPECT_THAT(objection_to_target(), HasSubstr("a rehearsal wrote into this database"));
}

TEST_F(SiteState, AStateFromBeforeTheLastStartIsAnOlderCopy)
{
    server::claim_site(*database, store);
    attachments::Sweeper sweeper(*database, store, attachments::StoreUse::Alone, clock.now());
    sweeper.begin();
    const auto mark = database->read()
                          ->query("SELECT sweep_mark FROM service_attachment_store")
                          .first([](const db::Row& row) { return row.string(0); })
                          .value();
    EXPECT_EQ(objection(), "served");
    sweeper.begin();
    EXPECT_EQ(objection(), "served") << "the site itself goes on";

    database->write([&](db::Transaction& tx) {
        tx.apply("UPDATE service_attachment_store SET sweep_mark = $1, sweep_mark_before = ''", mark);
    });
    EXPECT_THAT(objection(), AllOf(HasSubstr("is an older copy"), HasSubstr(store.place())));
    sweeper.begin();
    EXPECT_THAT(objection(), HasSubstr("is an older copy")) << "a start does not make it the newest";

    server::adopt(*database, store, clock.now());
    EXPECT_EQ(objection(), "served");
}

TEST_F(SiteState, AHalfCopyOrImportIsNotServed)
{
    set_unfinished(Unfinished::Copy);
    EXPECT_THAT(objection(), AllOf(HasSubstr("copy into this database did not complete"), HasSubstr("again")));
    EXPECT_THAT(refusal([&] { server::claim_site(*database, store); }), HasSubstr("did not complete"));
    EXPECT_THAT(refusal([&] { server::begin_rehearsal(*database, store); }), HasSubstr("did not complete"));

    set_unfinished(Unfinished::Import);
    EXPECT_THAT(objection(), HasSubstr("import-django into this database did not complete"));

    set_unfinished(Unfinished::Nothing);
    EXPECT_EQ(objection(), "served");
}

TEST_F(SiteState, NothingIsDerivedFromAHalfCopy)
{
    if (support::tests_use_postgres())
        GTEST_SKIP() << "only on SQLite: its file is free to open again";
    server::Config config;
    config.data_dir = database.directory() / "half";
    config.database_url = "sqlite:///" + (config.data_dir / "half.sqlite3").string();
    server::open_updated_database(config)->write([](db::Transaction& tx) {
        server::set_unfinished(tx, Unfinished::Copy);
        tx.apply("DELETE FROM service_folding");
        tx.apply("DELETE FROM service_form_key");
    });

    EXPECT_THAT(refusal([&] { server::open_updated_database(config); }), HasSubstr("copy into this database did not"));
}

TEST_F(SiteState, ARehearsalNeedsACopyAndLeavesItUnfitToBeTheSite)
{
    server::claim_site(*database, store);
    EXPECT_THAT(refusal([&] { server::begin_rehearsal(*database, store); }), HasSubstr("the site's own database"));
    EXPECT_EQ(objection(), "served");

    move_away();
    EXPECT_EQ(refusal([&] { server::begin_rehearsal(*database, store); }), "done");
    EXPECT_EQ(refusal([&] { server::begin_rehearsal(*database, store); }), "done") << "a second time";
    EXPECT_THAT(objection(), AllOf(HasSubstr("a rehearsal wrote into this database"), HasSubstr("Restore the backup")));
}

TEST_F(SiteState, ARehearsalReadsTheStoreAndKeepsItsOwnFilesApart)
{
    const std::string live = keep(store, "live");
    const auto apart = database.directory() / "apart";
    {
        storage::RehearsalStore rehearsal(
            std::make_unique<storage::LocalStore>(database.directory() / "attachments"), apart);
        const std::string own = keep(rehearsal, "own");
        const std::string hash_of_live = base::hex(base::sha256("live"));
        const std::string hash_of_own = base::hex(base::sha256("own"));
        EXPECT_EQ(base::read_some(rehearsal.open({live, hash_of_live, 4}), 10), "live");
        EXPECT_EQ(base::read_some(rehearsal.open({own, hash_of_own, 3}), 10), "own");

        rehearsal.discard(live);
        rehearsal.set_note("sweep-mark", "a rehearsal's");
        EXPECT_FALSE(rehearsal.move_to_trash({.stored_name = live, .day = "2026-11-27"}));

        EXPECT_TRUE(std::filesystem::exists(store.path_of(live)));
        EXPECT_FALSE(std::filesystem::exists(store.path_of(own)));
        EXPECT_EQ(store.find_note("sweep-mark"), std::nullopt);
        EXPECT_TRUE(std::filesystem::is_empty(store.temporary_directory()));
    }
    EXPECT_FALSE(std::filesystem::exists(apart));
}

TEST_F(SiteState, EveryPageOfARehearsalSaysSo)
{
    if (support::tests_use_postgres())
        GTEST_SKIP() << "only on SQLite: its file is free to open again";
    server::Config config;
    config.data_dir = database.directory() / "rehearsed";
    config.readers = 1;
    config.database_url = "sqlite:///" + (config.data_dir / "copy.sqlite3").string();
    config.is_rehearsal = true;
    server::open_updated_database(config).reset();
    server::House house(config, server::open_database(config), clock);
    const auto page = [&](const char* path) {
        http::Request request;
        request.path = path;
        request.target = path;
        request.host = "localhost";
        return std::string(house.pipeline().answer(std::move(request)).text());
    };

    const auto says_so = HasSubstr("This is a rehearsal.</b> Nothing you do here reaches the utility.");
    for (const char* path : {"/", "/emergency/", "/accounts/login/", "/nowhere/"})
        EXPECT_THAT(page(path), says_so) << path;
    EXPECT_THAT(house.pipeline().plain_error(http::Status::BadRequest, "").text(), says_so);
    EXPECT_THAT(page("/emergency/"), HasSubstr("tel:"));
}

} // namespace
