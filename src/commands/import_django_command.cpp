#include "commands/commands.hpp"

#include "commands/import_django/import.hpp"
#include "commands/import_django/source/layout.hpp"
#include "commands/import_django/unclear.hpp"
#include "commands/terminal.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <system_error>

namespace commands {

namespace {

using import_django::Import;
using import_django::Report;

/// On standard error, so that standard output is the report alone.
void show_progress(std::string_view subject, std::int64_t done, std::int64_t total)
{
    if (total > 0)
        fmt::print(stderr, "\r{:<16} {:>9} of {:<9}", subject, done, total);
    else
        fmt::print(stderr, "\r{:<16} {:>9}             ", subject, done);
}

void hide_progress(bool shows)
{
    if (shows)
        fmt::print(stderr, "\r{:<44}\r", "");
}

std::unique_ptr<db::ForeignDatabase> open_source(const std::string& url)
{
    try {
        return db::ForeignDatabase::open(url);
    } catch (const db::Error& error) {
        throw Refused(fmt::format("--database: {}", error.what()));
    }
}

/// Null when there is no database yet: a rehearsal must not make one.
std::unique_ptr<db::ForeignDatabase> open_target_to_look(const Config& config)
{
    if (config.database_url.starts_with(server::sqlite_scheme) &&
        !std::filesystem::exists(config.database_url.substr(server::sqlite_scheme.size())))
        return nullptr;
    return db::ForeignDatabase::open(config.database_url);
}

/// Not open when nobody asked for it.
std::ofstream open_rows(const std::string& name)
{
    std::ofstream rows;
    if (name.empty())
        return rows;
    rows.open(name, std::ios::app);
    if (!rows)
        throw Refused(fmt::format("--rows: {} cannot be written: {}", name, std::generic_category().message(errno)));
    return rows;
}

void close_rows(std::ofstream& rows, const std::string& name)
{
    if (!rows.is_open())
        return;
    rows.close();
    if (!rows)
        throw Refused(fmt::format("--rows: {} was not written whole; is the disk full?", name));
}

void print_lines(const std::vector<std::string>& lines)
{
    fmt::print("\n{}\n", fmt::join(lines, "\n"));
}

void import_into(const Config& config, Import& taking)
{
    const auto database = open_updated_database(config);
    const auto store = open_claimed_store(config, *database);
    taking.run({.database = *database, .store = *store});
}

} // namespace

int import_django_command(const Config& config, const ImportDjangoOptions& options)
{
    const auto choices = import_django::parse_choices(options.time_zone, options.maps);
    const auto source = open_source(options.database);
    // Before a database is made for what turns out to be no such site.
    import_django::refuse_unclear(*source, import_django::find_layout(*source, choices), choices);
    const import_django::Media media(options.media);
    const bool shows = shows_errors_on_terminal();
    std::ofstream rows = open_rows(options.rows);
    Report report([&](Report::About about, std::string_view line) {
        if (rows.is_open())
            rows << line << '\n';
        if (about == Report::About::Row)
            return;
        hide_progress(shows);
        fmt::print("{}\n", line);
    });
    commands::import_django::Import taking({.database = *source, .media = media, .choices = choices}, report,
        base::SystemClock().now(), [&](std::string_view subject, std::int64_t done, std::int64_t total) {
            if (shows)
                show_progress(subject, done, total);
        });
    if (options.dry_run)
        taking.rehearse(open_target_to_look(config).get());
    else
        import_into(config, taking);
    hide_progress(shows);
    print_lines(report.by_reason());
    print_lines(report.summary(options.dry_run));
    close_rows(rows, options.rows);
    fmt::print("\n{}\n", options.dry_run
                             ? "Nothing was written. Run the same command without --dry-run to import the site."
                             : "Done. Run the same command again to import what is new in the source.");
    return exit_ok;
}

} // namespace commands
