#include "app/commands.hpp"

#include "app/copy/copy.hpp"
#include "app/terminal.hpp"
#include "base/crypto.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>

namespace app {

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

std::unique_ptr<db::Database> open_site(const Config& config, const std::string& url, const char* option)
{
    Config site = config;
    site.database_url = url;
    try {
        auto database = open_database(site);
        for (const std::string& name : db::migrate(*database))
            fmt::print("{}: applied {}\n", option, name);
        return database;
    } catch (const Refused& refused) {
        throw Refused(fmt::format("{}: {}", option, refused.what()));
    }
}

} // namespace

int copy_command(const Config& config, const CopyOptions& options)
{
    if (options.from == options.to)
        throw Refused("--from and --to are the same database");
    const auto from = open_site(config, options.from, "--from");
    const auto to = open_site(config, options.to, "--to");
    const bool shows = shows_errors_on_terminal();
    const copy::Progress progress = [&](std::string_view what, std::int64_t done, std::int64_t total) {
        if (shows)
            draw_bar(what, done, total);
    };
    const copy::Sites sites{.from = *from, .to = *to};
    copy::check_target(sites, progress);
    copy::copy_rows(sites, progress);
    const auto checked = copy::compare(sites, progress);
    if (shows)
        fmt::print(stderr, "\r{:<70}\r", "");
    for (const copy::Checked& table : checked)
        fmt::print("{:<24} {:>10} rows  SHA-256 {}\n", table.table, table.print.rows, base::hex(table.print.digest));
    fmt::print("Done: every table holds the same in both.\n");
    return exit_ok;
}

} // namespace app
