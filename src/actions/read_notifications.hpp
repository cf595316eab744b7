#pragma once

#include "base/act.hpp"
#include "base/ids.hpp"
#include "db/connection.hpp"
#include "notifications/notification.hpp"

#include <cstdint>

namespace actions {

/// Mark all of the visitor's notifications up to and including `newest`; returns how many.
std::int64_t read_notifications(db::Transaction& tx, const base::Act& act, const notifications::Position& newest);
/// The visitor saw the page of the service request as it was at `until`: mark their notifications of it up to then.
/// When one of the staff saw what the customer wrote, also remove its mark from the desk's lists and remember who read
/// it. What happened later stays unread.
void read_request(db::Transaction& tx, const base::Act& act, ServiceRequestId service_request, base::Time until);
/// Remove the notifications of comments that are not newer than `last`, and the marks of customers' replies. Throws
/// Forbidden unless the program acts: only the demo needs it, because its years of comments would outnumber everything
/// else.
void forget_old_comment_news(db::Transaction& tx, const base::Act& act, base::Time last);

} // namespace actions
