#include "commands/backup/backup.hpp"
#include "commands/backup/restore.hpp"
#include "commands/backup/retention.hpp"
#include "commands/backup/verify.hpp"
#include "commands/commands.hpp"
#include "commands/terminal.hpp"
#include "server/version.hpp"
#include "server/watch/monitoring.hpp"

#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <cstdio>

namespace commands {

namespace {

constexpr std::int64_t bar_width = 24;

/// "files  [############            ]  52 %", on standard error; an unknown amount has no bar.
void draw_bar(std::string_view what, std::int64_t done, std::int64_t total)
{
    const auto part = total <= 0 ? 0 : std::min(done, total);
    const auto filled = static_cast<std::size_t>(total <= 0 ? 0 : part * bar_width / total);
    fmt::print(
        stderr, "\r{:<10} [{:<24}] {:>3} %", what, std::string(filled, '#'), total <= 0 ? 0 : part * 100 / total);
}

void clear_bar()
{
    if (shows_errors_on_terminal())
        fmt::print(stderr, "\r{:<50}\r", "");
}

backup::Progress on_terminal()
{
    return {.bar =
                [](std::string_view what, std::int64_t done, std::int64_t total) {
                    if (shows_errors_on_terminal())
                        draw_bar(what, done, total);
                },
        .step =
            [](const std::string& line) {
                clear_bar();
                fmt::print("{}\n", line);
                std::fflush(stdout);
            }};
}

int show_lost(const std::vector<std::string>& missing)
{
    for (const std::string& words : missing)
        fmt::print("lost in the site: {}\n", words);
    return missing.empty() ? exit_ok : exit_failed;
}

void show_removed(const backup::Removed& removed)
{
    for (const std::string& name : removed.backups)
        fmt::print("removed {}\n", name);
    if (removed.files > 0)
        fmt::print("removed {} files that no backup names any more\n", removed.files);
}

int verify_backup(const backup::Named& backup)
{
    const auto lock = backup.destination->lock_for_reading();
    const backup::Verified verified = backup::verify(backup, on_terminal());
    clear_bar();
    for (const std::string& finding : verified.findings)
        fmt::print("{}\n", finding);
    for (const std::string& words : verified.missing)
        fmt::print("was lost in the site already: {}\n", words);
    if (!verified.findings.empty()) {
        fmt::print("{} is damaged: {} findings.\n", backup.place(), verified.findings.size());
        return exit_failed;
    }
    fmt::print("{} is whole: {} files with {} bytes were read and compared.\n", backup.place(), verified.files,
        verified.bytes);
    return exit_ok;
}

backup::Keep keep_of(const std::string& text)
{
    const auto keep = backup::parse_keep(text);
    if (!keep)
        throw server::UsageError(
            fmt::format("--keep \"{}\" is not like 7d4w12m: backups of 7 days, 4 weeks and 12 months", text));
    return *keep;
}

std::optional<backup::Keep> keep_if_given(const std::string& text)
{
    return text.empty() ? std::nullopt : std::optional(keep_of(text));
}

// For /metrics. The backup is complete without it.
void note_success(const Config& config)
{
    try {
        server::save_time(config.last_backup_file(), base::SystemClock().now());
    } catch (const std::exception& error) {
        fmt::print("The server cannot be told of it: {}\n", error.what());
    }
}

} // namespace

int backup_command(const Config& config, const BackupOptions& options)
{
    const auto keep = keep_if_given(options.keep);
    if (options.verify)
        return verify_backup(backup::find_backup(options.place, config));
    const auto destination = backup::open_destination(options.place, config);
    destination->make();
    const auto lock = destination->lock();
    // PgBouncer may stand in front of the one, and never of the other.
    const std::string& url = config.database_listen_url.empty() ? config.database_url : config.database_listen_url;
    const auto made = backup::make_backup({.database_url = url,
                                              .open_store = [&] { return server::open_store(config); },
                                              .program = std::string(server::program_version())},
        *destination, base::SystemClock().now(), on_terminal());
    const int code = show_lost(made.manifest.missing);
    fmt::print("Done: {}\n", destination->place_of(made.name));
    if (code == exit_ok)
        note_success(config);
    if (keep && code == exit_ok)
        show_removed(backup::remove_old(*destination, *keep));
    else if (keep)
        fmt::print("No backup was removed, because earlier ones may hold what the site lost.\n");
    return code;
}

int restore_command(const Config& config, const std::string& place)
{
    // What is restored is for the site's user alone.
    ::umask(S_IRWXG | S_IRWXO);
    const backup::Named backup = backup::find_backup(place, config);
    const auto lock = backup.destination->lock_for_reading();
    fmt::print("restoring {}\n", backup.place());
    const backup::Manifest manifest = backup::restore(backup, config, on_terminal());
    const int code = show_lost(manifest.missing);
    fmt::print(
        "Done: a copy of the site as it was at {}. To look at it: gas-utility runserver --rehearsal. If it is the "
        "site from now on: gas-utility adopt-attachments, then start the server.\n",
        manifest.time);
    return code;
}

} // namespace commands
