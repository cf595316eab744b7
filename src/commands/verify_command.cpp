#include "attachments/survey.hpp"
#include "attachments/sweeper.hpp"
#include "commands/commands.hpp"
#include "commands/findings.hpp"
#include "db/foreign.hpp"
#include "db/inspection.hpp"
#include "search/words.hpp"
#include "service_requests/counter.hpp"

#include <fmt/format.h>

namespace commands {

namespace {

constexpr std::size_t most_listed = 1000;

/// Only reads, so that the site may be running; also on SQLite, where nobody else may open the database to write.
std::unique_ptr<db::ForeignDatabase> open_to_read(const Config& config)
{
    if (has_no_file(config))
        throw Refused(find_loss(config).value_or(fmt::format(
            "there is no database at {} yet; run: gas-utility migrate", server::place_of_database(config))));
    try {
        auto database = db::ForeignDatabase::open(config.database_url);
        if (database->columns("site_state").empty())
            throw Refused("the database lacks migrations; run: gas-utility migrate");
        return database;
    } catch (const db::Error& error) {
        throw Refused(error.what());
    }
}

void verify_database(Findings& findings, db::Connection& db)
{
    const db::Inspection inspection = db::look_for_damage(db);
    for (const std::string& damage : inspection.damage)
        findings.wrong("the database is damaged: " + damage);
    if (inspection.damage.empty() && !inspection.looked_at.empty())
        findings.ok(inspection.looked_at);
    if (!inspection.left_out.empty())
        findings.note(inspection.left_out);
    const auto broken = db::list_broken_references(db, most_listed);
    for (const std::string& row : broken)
        findings.wrong("a row refers to one that is not there: " + row);
    if (broken.empty())
        findings.ok("no row refers to one that is not there");
}

void verify_attachments(Findings& findings, db::Connection& db, const storage::Store& store)
{
    const auto verified = attachments::verify_files(db, store);
    for (const attachments::WrongFile& file : verified.wrong)
        findings.wrong(file.what);
    const std::size_t whole = verified.rows - verified.wrong.size();
    const std::string counted =
        fmt::format("{} of the {} files that rows name are there and have their SHA-256", whole, verified.rows);
    verified.wrong.empty() ? findings.ok(counted) : findings.note(counted);
    const auto forgotten =
        attachments::old_enough(attachments::survey(db, store).unnamed, base::SystemClock().now()).size();
    if (forgotten > 0)
        findings.note(
            fmt::format("{} files older than an hour are named by no row; gas-utility sweep lists them", forgotten));
}

void verify_counts(Findings& findings, db::Connection& db)
{
    const auto wrong = service_requests::recount(db);
    for (const service_requests::WrongCount& count : wrong)
        findings.wrong(
            fmt::format("the count {} is {}, but there are {} such rows", count.name, count.stored, count.counted));
    if (wrong.empty())
        findings.ok("the kept counts are those of the rows");
}

void verify_search(Findings& findings, db::Connection& db)
{
    const auto words = search::compare_words(db);
    for (std::size_t i = 0; i < words.wrong.size() && i < most_listed; ++i)
        findings.wrong(fmt::format("the search has other words for service request {}", words.wrong[i].value));
    if (words.wrong.empty())
        findings.ok(fmt::format("the search has the words of all {} service requests", words.compared));
    else
        findings.note(fmt::format(
            "{} of {} service requests have other words in the search", words.wrong.size(), words.compared));
}

} // namespace

int verify_command(const Config& config)
{
    const auto database = open_to_read(config);
    const auto store = open_store(config);
    db::Connection& db = database->connection();
    Findings findings;
    verify_database(findings, db);
    verify_attachments(findings, db, *store);
    verify_counts(findings, db);
    verify_search(findings, db);
    if (findings.wrong_count() == 0)
        return exit_ok;
    fmt::print("{} found.\n", findings.wrong_count());
    return exit_failed;
}

} // namespace commands
