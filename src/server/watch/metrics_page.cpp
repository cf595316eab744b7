#include "server/watch/metrics_page.hpp"

#include "base/error.hpp"
#include "base/log.hpp"
#include "outbox/list.hpp"
#include "queue/emergencies.hpp"
#include "server/version.hpp"
#include "server/watch/disk.hpp"
#include "server/watch/open_metrics.hpp"

#include <fmt/format.h>

namespace server {

namespace {

constexpr double microseconds = 1e6;
constexpr double milliseconds = 1e3;

void only_for_watchers(const http::Request& request, const http::NetworkList& networks)
{
    const auto address = http::parse_address(request.remote_address);
    const bool is_itself =
        request.forwarding == http::Forwarding::None || request.forwarding == http::Forwarding::ProxyItself;
    if (!is_itself || !address || !networks.contains(*address))
        throw base::NotFound("metrics are for this machine and metrics_networks");
}

double seconds_of(base::Time time)
{
    return static_cast<double>(base::to_millis(time)) / milliseconds;
}

void write_database(OpenMetrics& out, db::Database& database)
{
    const db::WriteFigures& figures = database.write_figures();
    out.family("gas_database_commit_seconds", "histogram", "Time that a commit took until it was durable");
    out.histogram("", figures.commit_times, microseconds);
    out.family("gas_database_commit_transactions", "histogram", "Transactions committed together");
    out.histogram("", figures.groups, 1);
    if (database.engine() == db::Engine::Sqlite) {
        out.family("gas_database_log_pages", "gauge", "Pages in the log of SQLite after the last commit");
        out.sample("", "", figures.log_pages.load());
    }
    out.family("gas_database_damaged", "gauge", "1 when damaged data was met since the start");
    out.sample("", "", std::uint64_t{database.is_damaged() ? 1U : 0U});
}

void write_mail(OpenMetrics& out, const outbox::Figures& mail, base::Time now)
{
    out.family("gas_mail_waiting", "gauge", "Mails that wait to be sent");
    out.sample("", "", static_cast<std::uint64_t>(mail.waiting));
    out.family("gas_mail_oldest_age_seconds", "gauge", "Since when the oldest of them is tried; 0 without any");
    out.sample("", "", mail.oldest ? seconds_of(now) - seconds_of(*mail.oldest) : 0.0);
    out.family("gas_mail_given_up_week", "gauge", "Mails that were given up in the last seven days");
    out.sample("", "", static_cast<std::uint64_t>(mail.given_up));
}

// Without the database the rest is told all the same: somebody wants to know what is wrong.
void write_work(OpenMetrics& out, web::Context& ctx)
{
    queue::EmergencyCounts counts;
    outbox::Figures mail;
    bool is_read = false;
    try {
        counts = queue::count_emergencies(ctx.db());
        mail = outbox::count_mail(ctx.db(), ctx.now());
        is_read = true;
    } catch (const std::exception& error) {
        base::log::warning(fmt::format("metrics: {}", error.what()));
    }
    ctx.release();
    out.family("gas_database_readable", "gauge", "1 when the database could be read just now");
    out.sample("", "", std::uint64_t{is_read ? 1U : 0U});
    if (!is_read)
        return;
    out.family("gas_emergencies_open", "gauge", "Open emergencies");
    out.sample("", R"(taken="yes")", static_cast<std::uint64_t>(counts.taken));
    out.sample("", R"(taken="no")", static_cast<std::uint64_t>(counts.open - counts.taken));
    out.family("gas_emergency_oldest_age_seconds", "gauge", "Age of the oldest open emergency; 0 without any");
    out.sample("", "", counts.oldest ? seconds_of(ctx.now()) - seconds_of(*counts.oldest) : 0.0);
    write_mail(out, mail, ctx.now());
}

void write_care(OpenMetrics& out, const Monitoring& monitoring)
{
    if (const auto backup = find_time(monitoring.last_backup)) {
        out.family("gas_last_backup_timestamp_seconds", "gauge", "When a backup on this machine last succeeded");
        out.sample("", "", seconds_of(*backup));
    }
    if (const auto inspected = monitoring.inspected_at.load(); inspected > 0) {
        out.family("gas_last_check_timestamp_seconds", "gauge", "When the nightly check last ended");
        out.sample("", "", static_cast<double>(inspected) / milliseconds);
        out.family("gas_last_check_damaged", "gauge", "1 when it found damage");
        out.sample("", "", std::uint64_t{monitoring.found_damage ? 1U : 0U});
    }
    out.family("gas_disk_free_bytes", "gauge", "Free space");
    for (const auto& [name, directory] : monitoring.directories)
        if (const auto free = free_bytes(directory))
            out.sample("", fmt::format(R"(directory="{}")", name), *free);
}

} // namespace

http::Response metrics(web::Context& ctx, const Services& services)
{
    const Monitoring& monitoring = services.monitoring;
    only_for_watchers(ctx.request(), monitoring.networks);
    OpenMetrics out;
    out.family("gas_build", "info", "Version and commit of the program");
    out.sample(
        "_info", fmt::format(R"(version="{}",commit="{}")", program_version(), program_commit()), std::uint64_t{1});
    if (monitoring.counts)
        monitoring.counts(out);
    if (monitoring.open_connections) {
        out.family("gas_connections_open", "gauge", "Open connections");
        out.sample("", "", static_cast<std::uint64_t>(monitoring.open_connections()));
    }
    out.family("gas_streams_open", "gauge", "Browsers with live pages");
    out.sample("", "", static_cast<std::uint64_t>(services.live.open_streams().size()));
    write_database(out, ctx.site().database);
    write_work(out, ctx);
    write_care(out, monitoring);
    http::Response response;
    response.content_type = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    response.header("Cache-Control", "no-store");
    response.body = out.take();
    return response;
}

} // namespace server
