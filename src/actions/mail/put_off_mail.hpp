#pragma once

#include "base/zones/time_zones.hpp"
#include "db/connection.hpp"
#include "outbox/outbox.hpp"

#include <vector>

namespace actions {

/// Of the mails that were just claimed, return those to be sent now. What its reader wants later waits: for the end of
/// their quiet time, or for their daily mail, which tells it. Mail about safety and the own sign-in never waits.
std::vector<outbox::Claimed> put_off_mail(
    db::Transaction& tx, const std::vector<outbox::Claimed>& claimed, base::Time at, base::TimeZones& zones);

} // namespace actions
