#pragma once
// What the desk sees of open emergencies on every page: the bar under the header and the rows on top of its lists.

#include "pages/shared/queue_row.hpp"
#include "pages/shared/source.hpp"
#include "queue/emergencies.hpp"
#include "web/page.hpp"

#include <string>
#include <vector>

namespace pages::shared {

/// The bar; reads nothing when no emergency is open.
web::AlarmBoard alarm_board(const Source& source, const queue::EmergencyCounts& counts);

/// templates/shared/pinned_emergencies.html: open emergencies that nobody has (queue::list_pinned_emergencies), and
/// how many there are.
struct PinnedEmergencies
{
    std::vector<QueueRow> rows;
    /// For how many the rows of `rows` speak: one may speak for many of one sender.
    std::int64_t shown = 0;
    /// All that nobody has.
    std::int64_t waiting = 0;
    /// Those that somebody has; they are one line.
    std::int64_t taken = 0;
    std::string oldest_taken;

    bool empty() const { return waiting + taken == 0; }
    bool shows_all() const { return shown >= waiting; }
};
PinnedEmergencies pinned_emergencies(const Source& source, const RowsFor& whom = {});

/// The line that stands for the pinned rows on a list that is searched, filtered or not on its first page.
base::Text folded_words(std::int64_t nobody_has);
/// What the list of all open emergencies says beside its name: how many of its rows nobody has, and how many there are.
base::Text emergency_words(std::int64_t nobody_has, std::int64_t open);

} // namespace pages::shared
