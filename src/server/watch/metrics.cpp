#include "server/watch/metrics.hpp"

#include "server/watch/open_metrics.hpp"

#include <algorithm>

namespace server {

namespace {

constexpr std::size_t other_rows = 3;
constexpr std::array<std::string_view, 9> lane_names{
    "inline", "read", "write", "heavy", "password", "guess", "transfer", "provider", "emergency"};
constexpr double microseconds = 1e6;

std::size_t class_of(http::Status status)
{
    return std::clamp(static_cast<std::size_t>(status) / 100, std::size_t{1}, std::size_t{5}) - 1;
}

} // namespace

Metrics::Metrics(const std::vector<web::Route>& routes)
    : routes_(routes), rows_(std::make_unique<Row[]>(routes.size() + other_rows))
{}

Metrics::Row& Metrics::row_of(const web::Route* route)
{
    return rows_[route == nullptr ? routes_.size() + 1 : static_cast<std::size_t>(route - routes_.data())];
}

void Metrics::count(Row& row, http::Status status)
{
    row.by_class[class_of(status)].fetch_add(1, std::memory_order_relaxed);
}

void Metrics::count(Row& row, http::Status status, SteadyClock::time_point begun)
{
    count(row, status);
    const auto time = std::chrono::duration_cast<std::chrono::microseconds>(SteadyClock::now() - begun);
    row.times.add(static_cast<std::uint64_t>(time.count()));
}

void Metrics::note_answer(const web::Route* route, http::Status status, SteadyClock::time_point begun)
{
    count(row_of(route), status, begun);
}

void Metrics::note_static(http::Status status, SteadyClock::time_point begun)
{
    count(rows_[routes_.size()], status, begun);
}

void Metrics::note_unread(http::Status status)
{
    count(rows_[routes_.size() + 2], status);
}

void Metrics::note_refused(web::Lane lane, const web::Route* route)
{
    refused_by_lane_.at(static_cast<std::size_t>(lane)).fetch_add(1, std::memory_order_relaxed);
    count(row_of(route), http::Status::ServiceUnavailable);
}

void Metrics::note_refused(http::ConnectionLimit limit)
{
    refused_by_limit_.at(static_cast<std::size_t>(limit)).fetch_add(1, std::memory_order_relaxed);
}

Metrics::Label Metrics::label_of(std::size_t row) const
{
    static constexpr std::array<std::string_view, other_rows> others{"static", "none", "refused"};
    if (row >= routes_.size())
        return {"any", others.at(row - routes_.size())};
    return {routes_[row].method == http::Method::Post ? "POST" : "GET", routes_[row].pattern};
}

void Metrics::write(OpenMetrics& out) const
{
    const std::size_t rows = routes_.size() + other_rows;
    out.family("gas_http_requests", "counter", "Answers by line of the route table and class of their status");
    for (std::size_t row = 0; row < rows; ++row) {
        const auto [method, route] = label_of(row);
        for (std::size_t at = 0; at < classes; ++at)
            // Of errors also none is told: an increase is seen only from a number that was there before.
            if (const auto count = rows_[row].by_class[at].load(std::memory_order_relaxed);
                count > 0 || at + 1 == classes)
                out.sample(
                    "_total", fmt::format(R"(method="{}",route="{}",status="{}xx")", method, route, at + 1), count);
    }
    out.family("gas_http_request_duration_seconds", "histogram", "Time from the whole request to its answer");
    for (std::size_t row = 0; row < rows; ++row) {
        const auto [method, route] = label_of(row);
        const auto& counts = rows_[row].by_class;
        if (std::ranges::any_of(counts, [](const auto& count) { return count.load(std::memory_order_relaxed) > 0; }))
            out.histogram(fmt::format(R"(method="{}",route="{}")", method, route), rows_[row].times, microseconds);
    }
    out.family("gas_lane_refused", "counter", "Requests answered with 503 because a lane's queue was full");
    for (std::size_t lane = 1; lane < lanes; ++lane)
        out.sample("_total", fmt::format(R"(lane="{}")", lane_names.at(lane)), refused_by_lane_.at(lane).load());
    out.family("gas_connections_refused", "counter", "Clients beyond a limit of the connections");
    out.sample("_total", R"(limit="address")", refused_by_limit_[0].load());
    out.sample("_total", R"(limit="all")", refused_by_limit_[1].load());
}

void write_lanes(OpenMetrics& out, Lanes& lanes)
{
    struct Kind
    {
        std::string_view name;
        std::string_view help;
        std::size_t Lane::Figures::*value;
    };
    for (const Kind& kind : {Kind{"gas_lane_threads", "Threads of a lane", &Lane::Figures::threads},
             Kind{"gas_lane_busy", "Threads that work on a request now", &Lane::Figures::busy},
             Kind{"gas_lane_waiting", "Requests that wait for a thread now", &Lane::Figures::waiting}}) {
        out.family(kind.name, "gauge", kind.help);
        for (std::size_t at = 1; at < lane_names.size(); ++at) {
            const Lane::Figures figures = lanes.of(static_cast<web::Lane>(at)).figures();
            out.sample(
                "", fmt::format(R"(lane="{}")", lane_names.at(at)), static_cast<std::uint64_t>(figures.*kind.value));
        }
    }
}

} // namespace server
