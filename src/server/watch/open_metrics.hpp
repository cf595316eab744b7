#pragma once

#include "db/write_figures.hpp"

#include <cstddef>
#include <cstdint>
#include <fmt/format.h>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace server {

/// Text in the format OpenMetrics 1.0 (https://openmetrics.io). Labels come from our own tables, never from a request:
/// nothing is escaped.
class OpenMetrics
{
  public:
    /// Begins a family of samples; `type` is "counter", "gauge" or "histogram".
    void family(std::string_view name, std::string_view type, std::string_view help);
    /// A sample of the last family. `labels` as in `lane="read"`; empty for none.
    void sample(std::string_view suffix, std::string_view labels, double value);
    void sample(std::string_view suffix, std::string_view labels, std::uint64_t value);
    /// All samples of a histogram; its values are divided by `scale`.
    template <std::size_t Bounds>
    void histogram(std::string_view labels, const db::Histogram<Bounds>& values, double scale)
    {
        const std::string before = labels.empty() ? std::string() : std::string(labels) + ',';
        std::uint64_t count = 0;
        for (std::size_t at = 0; at < Bounds; ++at) {
            count += values.count(at);
            const std::string bound = bound_text(static_cast<double>(values.bounds()[at]) / scale);
            sample("_bucket", fmt::format("{}le=\"{}\"", before, bound), count);
        }
        count += values.count(Bounds);
        sample("_bucket", before + "le=\"+Inf\"", count);
        sample("_count", labels, count);
        sample("_sum", labels, static_cast<double>(values.sum()) / scale);
    }
    /// The whole text; nothing may follow.
    std::string take();

  private:
    /// "0.005", "5.0": always with a point, as the format asks.
    static std::string bound_text(double bound);

    std::string text_;
    std::string family_;
};

} // namespace server
