#include "commands/copy/copy.hpp"

#include "attachments/attachment.hpp"
#include "commands/commands.hpp"
#include "commands/demo/demo.hpp"
#include "queue/queue.hpp"
#include "storage/local_store.hpp"
#include "support/cast.hpp"
#include "support/fake_clock.hpp"
#include "support/test_database.hpp"

#include <gmock/gmock.h>

#include <set>
#include <stdexcept>

namespace {

using commands::copy::Progress;
using server::Refused;
using testing::HasSubstr;

constexpr base::Time now = support::FakeClock::start;
const Progress no_progress = [](std::string_view, std::int64_t, std::int64_t) {};

struct Engines
{
    db::Engine from;
    db::Engine to;
};

/// Across engines when there is a server, otherwise from one file to another.
std::vector<Engines> engines_to_try()
{
    if (support::tests_use_postgres())
        return {{db::Engine::Sqlite, db::Engine::Postgres}, {db::Engine::Postgres, db::Engine::Sqlite}};
    return {{db::Engine::Sqlite, db::Engine::Sqlite}};
}

TEST(CopyCommand, RefusesASourceThatDoesNotExistAndCreatesNothing)
{
    const support::TemporaryDirectory directory;
    server::Config config;
    config.data_dir = (directory.path() / "data");
    const commands::CopyOptions options{.from = "sqlite:///" + (directory.path() / "typo.sqlite3").string(),
        .to = "sqlite:///" + (directory.path() / "new.sqlite3").string(),
        .from_attachments = {},
        .to_attachments = {}};
    try {
        commands::copy_command(config, options);
        ADD_FAILURE() << "it was copied";
    } catch (const Refused& refused) {
        EXPECT_THAT(refused.what(), testing::AllOf(testing::StartsWith("--from: there is no site in sqlite:///"),
                                        HasSubstr("typo.sqlite3; nothing was created")));
    }
    EXPECT_TRUE(std::filesystem::is_empty(directory.path()));
}

class Copy : public testing::TestWithParam<Engines>
{
  protected:
    Copy()
    {
        storage::LocalStore store(from.directory() / "attachments");
        const base::Zone zone("America/New_York");
        commands::demo::make_town(*from, store,
            {.options = {.customers = 5, .requests = 300},
                .password_hash = support::cheap_hash("brass-kettle-41"),
                .now = now,
                .zone = zone});
    }

    commands::copy::Sites sites() { return {*from, *to}; }
    void copy(const Progress& progress = no_progress)
    {
        commands::copy::check_target(sites(), progress);
        commands::copy::copy_rows(sites(), progress);
    }
    std::string refusal()
    {
        try {
            copy();
            commands::copy::compare(sites(), no_progress);
        } catch (const Refused& refused) {
            return refused.what();
        }
        return "accepted";
    }
    static std::vector<ServiceRequestId> search(support::TestDatabase& database, std::string_view words)
    {
        std::vector<ServiceRequestId> ids;
        for (const auto& request : queue::list_queue(*database->read(), {.search = std::string(words)}))
            ids.push_back(request.id);
        return ids;
    }

    support::TestDatabase from{GetParam().from};
    support::TestDatabase to{GetParam().to};
};

INSTANTIATE_TEST_SUITE_P(Engines, Copy, testing::ValuesIn(engines_to_try()), [](const auto& tried) {
    const auto name = [](db::Engine engine) { return engine == db::Engine::Sqlite ? "Sqlite" : "Postgres"; };
    return std::string(name(tried.param.from)) + "To" + name(tried.param.to);
});

TEST_P(Copy, HoldsEverythingAndFindsTheSameWords)
{
    copy();
    std::int64_t requests = 0;
    for (const auto& table : commands::copy::compare(sites(), no_progress))
        requests += table.table == "service_servicerequest" ? table.print.rows : 0;
    EXPECT_EQ(requests, from.number("SELECT COUNT(*) FROM service_servicerequest"));
    EXPECT_GE(requests, 300);
    for (const std::string_view words : {"boiler", "meter", "mei", "gas leak", "customer0003"})
        EXPECT_EQ(search(to, words), search(from, words)) << words;
    EXPECT_FALSE(search(to, "mei").empty());
}

TEST_P(Copy, NewRowsGoOnAfterTheCopiedIds)
{
    copy();
    const auto last = to.number("SELECT MAX(id) FROM service_request_type");
    const auto added = to->write([](db::Transaction& tx) {
        return tx.insert<RequestTypeId>(
            "INSERT INTO service_request_type (slug, name, position, answer_minutes) VALUES ('new', 'New', 99, 60)");
    });
    EXPECT_GT(added.value, last);
}

TEST_P(Copy, GoesOnWhereItWasInterrupted)
{
    for (const int interrupted_after : {2, 3, 4}) {
        int told = 0;
        EXPECT_THROW(copy([&](std::string_view, std::int64_t done, std::int64_t) {
            if (done > 0 && ++told == interrupted_after)
                throw std::runtime_error("killed");
        }),
            std::runtime_error);
    }
    EXPECT_EQ(refusal(), "accepted");
}

TEST_P(Copy, LeavesATargetWithOtherPeopleAlone)
{
    support::add_cast(*to, now);
    EXPECT_THAT(refusal(), HasSubstr("other rows in auth_user"));
    EXPECT_EQ(to.number("SELECT COUNT(*) FROM auth_user"), 5);
}

TEST_P(Copy, TellsWhatDiffers)
{
    copy();
    to->write([](db::Transaction& tx) {
        tx.apply("UPDATE service_comment SET text = text || '.' WHERE id = (SELECT MAX(id) FROM service_comment)");
    });
    EXPECT_THROW(commands::copy::compare(sites(), no_progress), Refused);
    EXPECT_THAT(refusal(), HasSubstr("other rows in service_comment"));
}

TEST_P(Copy, EveryTableIsCopiedOrLeftOutOnPurpose)
{
    std::set<std::string> known;
    for (const auto& table : commands::copy::copied_tables())
        known.emplace(table.name);
    for (const auto table : commands::copy::left_out_tables())
        known.emplace(table);
    const auto lease = from->read();
    const auto name = [](const db::Row& row) { return row.string(0); };
    // FTS5 keeps its own tables beside the one that is named.
    const auto tables =
        from->engine() == db::Engine::Sqlite
            ? db::map_rows(lease->query("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE "
                                        "'sqlite_%' AND name NOT LIKE 'service_search!_%' ESCAPE '!'"),
                  name)
            : db::map_rows(
                  lease->query("SELECT tablename::text FROM pg_tables WHERE schemaname = current_schema()"), name);
    EXPECT_GE(tables.size(), 14U);
    for (const std::string& table : tables)
        EXPECT_TRUE(known.contains(table)) << table << " must be named in copy/tables.cpp";
}

} // namespace
