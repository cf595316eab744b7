#pragma once

#include "db/write_figures.hpp"
#include "http/server/server.hpp"
#include "server/lanes.hpp"
#include "web/router.hpp"

#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <string_view>
#include <utility>
#include <vector>

namespace server {

class OpenMetrics;

/// Microseconds until an answer was made.
inline constexpr std::array<std::uint64_t, 11> latency_bounds{
    500, 1000, 2500, 5000, 10'000, 25'000, 50'000, 100'000, 250'000, 1'000'000, 5'000'000};

/// Counts what the pipeline answers, by the lines of the route table. Thread-safe without locks.
class Metrics
{
  public:
    using SteadyClock = std::chrono::steady_clock;

    /// `routes` must outlive it.
    explicit Metrics(const std::vector<web::Route>& routes);

    /// No route for a path that none fits.
    void note_answer(const web::Route* route, http::Status status, SteadyClock::time_point begun);
    void note_static(http::Status status, SteadyClock::time_point begun);
    /// Of a request whose head was refused.
    void note_unread(http::Status status);
    /// Of a full lane.
    void note_refused(web::Lane lane, const web::Route* route);
    void note_refused(http::ConnectionLimit limit);

    void write(OpenMetrics& out) const;

  private:
    static constexpr std::size_t classes = 5;
    static constexpr std::size_t lanes = 9;
    static constexpr std::size_t limits = 2;
    struct Row
    {
        std::array<std::atomic<std::uint64_t>, classes> by_class{};
        db::Histogram<latency_bounds.size()> times{latency_bounds};
    };
    using Label = std::pair<std::string_view, std::string_view>;

    Row& row_of(const web::Route* route);
    static void count(Row& row, http::Status status);
    static void count(Row& row, http::Status status, SteadyClock::time_point begun);
    /// Method and pattern of the row's route.
    Label label_of(std::size_t row) const;

    const std::vector<web::Route>& routes_;
    /// One for each route, then one for static files, one for paths without a route and one for refused heads.
    std::unique_ptr<Row[]> rows_;
    std::array<std::atomic<std::uint64_t>, lanes> refused_by_lane_{};
    std::array<std::atomic<std::uint64_t>, limits> refused_by_limit_{};
};

/// What each lane does now.
void write_lanes(OpenMetrics& out, Lanes& lanes);

} // namespace server
