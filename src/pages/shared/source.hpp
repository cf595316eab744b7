#pragma once

#include "db/connection.hpp"
#include "i18n/dates.hpp"

namespace pages::shared {

/// Where a piece of a page is read from: one snapshot, with the dates of who reads it.
struct Source
{
    db::Connection& db;
    i18n::Dates dates;
};

} // namespace pages::shared
