#include "pages/desk/overview_figures.hpp"

#include "pages/shared/urls.hpp"
#include "queue/overview.hpp"
#include "request_types/request_type.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace pages::desk {

namespace {

/// Ages of open service requests in civil days of the site: from the start of the day `oldest` days ago to that
/// `newest` days ago.
struct AgeGroup
{
    base::MessageId label;
    int newest;
    int oldest;
};
constexpr int for_ever = 0;
constexpr std::array age_groups = {AgeGroup{base::MessageId("Today"), 0, 0},
    AgeGroup{base::MessageId("1 to 7 days"), 1, 7}, AgeGroup{base::MessageId("8 to 30 days"), 8, 30},
    AgeGroup{base::MessageId("31 to 90 days"), 31, 90}, AgeGroup{base::MessageId("91 to 180 days"), 91, 180},
    AgeGroup{base::MessageId("Older than 180 days"), 181, for_ever}};

std::string day(const base::Zone& zone, base::Time now, int days_ago)
{
    return zone.iso_local(zone.start_of_day_after(now, -days_ago)).substr(0, 10);
}

std::string url_of(const base::Zone& zone, base::Time now, const AgeGroup& group)
{
    std::string query = "?status=Pending&until=" + day(zone, now, group.newest);
    if (group.oldest != for_ever || group.newest == 0)
        query += "&from=" + day(zone, now, group.oldest);
    return urls::desk_queue(query);
}

} // namespace

std::vector<Figure> age_figures(web::Context& ctx)
{
    const base::Zone& zone = ctx.site().zone;
    std::vector<Figure> figures;
    for (const AgeGroup& group : age_groups) {
        const base::Time until = zone.start_of_day_after(ctx.now(), 1 - group.newest);
        const base::Time from = group.oldest == for_ever && group.newest != 0
                                    ? base::Time{}
                                    : zone.start_of_day_after(ctx.now(), -group.oldest);
        figures.push_back({base::Text(group.label), queue::count_open_between(ctx.db(), from, until),
            url_of(zone, ctx.now(), group)});
    }
    return figures;
}

std::vector<Figure> type_figures(web::Context& ctx)
{
    std::vector<Figure> figures;
    const auto counts = queue::count_open_by_type(ctx.db());
    const auto types = ctx.recent(request_types::list_request_types);
    for (const auto& type : *types) {
        const auto found = counts.find(type.id);
        figures.push_back({request_types::in_words(type.name), found == counts.end() ? 0 : found->second,
            urls::desk_queue(fmt::format("?status=Pending&type={}", type.slug))});
    }
    return figures;
}

std::int64_t largest(const std::vector<Figure>& figures)
{
    std::int64_t most = 1;
    for (const Figure& figure : figures)
        most = std::max(most, figure.count);
    return most;
}

} // namespace pages::desk
