#include "commands/commands.hpp"

#include "attachments/site_store.hpp"
#include "base/crypto.hpp"
#include "commands/copy/files.hpp"
#include "commands/terminal.hpp"
#include "server/opening/open.hpp"
#include "server/opening/site_state.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>

namespace commands {

namespace {

constexpr std::int64_t bar_width = 24;

/// "service_comment       [############            ]  52 %", on standard error.
void draw_bar(std::string_view what, std::int64_t done, std::int64_t total)
{
    if (total <= 0) {
        fmt::print(stderr, "\r{:<24} {:<40}", what, "comparing");
        return;
    }
    const auto filled = static_cast<std::size_t>(std::min(done, total) * bar_width / total);
    fmt::print(stderr, "\r{:<24} [{:<24}] {:>3} % of {:<9}", what, std::string(filled, '#'), done * 100 / total, total);
}

constexpr std::string_view from_option = "--from";

bool is_empty(db::Database& database)
{
    return db::pending_migrations(database).size() == db::migrations(database.engine()).size();
}

std::string no_source(const std::string& url)
{
    return fmt::format("there is no site in {}; nothing was created", db::shown_url(url));
}

/// Before a file or a directory is made.
void refuse_missing_source(Config config, const std::string& url)
{
    config.database_url = url;
    if (server::has_no_file(config))
        throw Refused(fmt::format("{}: {}", from_option, no_source(url)));
}

std::unique_ptr<db::Database> open_site(const Config& config, const std::string& url, std::string_view option)
{
    Config site = config;
    site.database_url = url;
    try {
        auto database = open_database(site);
        if (option == from_option && is_empty(*database))
            throw Refused(no_source(url));
        for (const std::string& name : db::migrate(*database))
            fmt::print("{}: applied {}\n", option, name);
        return database;
    } catch (const Refused& refused) {
        throw Refused(fmt::format("{}: {}", option, refused.what()));
    }
}

std::unique_ptr<storage::Store> open_place(const Config& config, const std::string& place)
{
    return place.empty() ? open_store(config) : open_store_at(config, place);
}

void share_mark(db::Database& from, const copy::Stores& stores)
{
    try {
        attachments::share_mark(from, stores.from, stores.to);
    } catch (const attachments::ForeignStore& foreign) {
        throw Refused(foreign.what());
    }
}

void refuse_unfinished_source(db::Database& from)
{
    using server::Unfinished;
    const Unfinished unfinished = server::site_state(from).unfinished;
    if (unfinished == Unfinished::Copy || unfinished == Unfinished::Import)
        throw Refused("--from: " + server::objection_to_serve(from, nullptr).value());
}

int report(const std::vector<copy::Checked>& tables, const copy::CopiedFiles& files, const storage::Store& store)
{
    for (const copy::Checked& table : tables)
        fmt::print("{:<24} {:>10} rows  SHA-256 {}\n", table.table, table.print.rows, base::hex(table.print.digest));
    fmt::print("{:<24} {:>10} files, {} bytes, compared by SHA-256; {} were copied now\n", "attachments", files.whole,
        files.bytes, files.moved);
    for (const std::string& lost : files.lost)
        fmt::print("already lost in the source: {}\n", lost);
    if (!files.lost.empty()) {
        fmt::print("Every table is the same in both, and every other file is in {}.\n", store.place());
        return exit_failed;
    }
    fmt::print("Done: every table is the same in both, and every file is in {}.\n", store.place());
    return exit_ok;
}

} // namespace

int copy_command(const Config& config, const CopyOptions& options)
{
    if (options.from == options.to)
        throw Refused("--from and --to are the same database");
    refuse_missing_source(config, options.from);
    const auto from = open_site(config, options.from, from_option);
    const auto to = open_site(config, options.to, "--to");
    const auto from_store = open_place(config, options.from_attachments);
    const auto to_store =
        open_place(config, options.to_attachments.empty() ? options.from_attachments : options.to_attachments);
    const bool shows = shows_errors_on_terminal();
    const copy::Progress progress = [&](std::string_view what, std::int64_t done, std::int64_t total) {
        if (shows)
            draw_bar(what, done, total);
    };
    const copy::Sites sites{.from = *from, .to = *to};
    const copy::Stores stores{.from = *from_store, .to = *to_store};
    refuse_unfinished_source(*from);
    copy::check_target(sites, progress);
    share_mark(*from, stores);
    to->write([](db::Transaction& tx) { server::set_unfinished(tx, server::Unfinished::Copy); });
    copy::copy_rows(sites, progress);
    const auto files = copy::copy_files(*from, stores, progress);
    const auto tables = copy::compare(sites, progress);
    server::complete_copy(*from, *to);
    if (shows)
        fmt::print(stderr, "\r{:<70}\r", "");
    return report(tables, files, *to_store);
}

} // namespace commands
