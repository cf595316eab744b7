#include "server/watch/open_metrics.hpp"

namespace server {

void OpenMetrics::family(std::string_view name, std::string_view type, std::string_view help)
{
    family_ = name;
    text_ += fmt::format("# TYPE {0} {1}\n# HELP {0} {2}\n", name, type, help);
}

void OpenMetrics::sample(std::string_view suffix, std::string_view labels, double value)
{
    const std::string shown = labels.empty() ? std::string() : fmt::format("{{{}}}", labels);
    text_ += fmt::format("{}{}{} {}\n", family_, suffix, shown, value);
}

void OpenMetrics::sample(std::string_view suffix, std::string_view labels, std::uint64_t value)
{
    const std::string shown = labels.empty() ? std::string() : fmt::format("{{{}}}", labels);
    text_ += fmt::format("{}{}{} {}\n", family_, suffix, shown, value);
}

std::string OpenMetrics::bound_text(double bound)
{
    std::string text = fmt::format("{}", bound);
    return text.find('.') == std::string::npos ? text + ".0" : text;
}

std::string OpenMetrics::take()
{
    text_ += "# EOF\n";
    return std::move(text_);
}

} // namespace server
