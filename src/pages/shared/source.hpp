#pragma once

#include "base/time.hpp"
#include "db/connection.hpp"

namespace pages::shared {

/// Where a piece of a page is read from: one snapshot, at one time, in the site's zone.
struct Source
{
    db::Connection& db;
    const base::Zone& zone;
    base::Time now;
};

} // namespace pages::shared
