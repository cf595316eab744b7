#pragma once

#include "base/act.hpp"
#include "base/ids.hpp"
#include "db/connection.hpp"

#include <cstdint>

namespace actions {

/// Mark one of the act's visitor's notifications as read; returns its subject. Throws NotFound for somebody else's.
ServiceRequestId read_notification(db::Transaction& tx, const base::Act& act, NotificationId id);
/// Mark all up to and including `newest`; returns how many.
std::int64_t read_notifications(db::Transaction& tx, const base::Act& act, NotificationId newest);
/// Mark those of one service request, whose page was opened; returns how many.
std::int64_t read_notifications_of(db::Transaction& tx, const base::Act& act, ServiceRequestId service_request);
/// Somebody of the staff opened the service request, so the customer's comment is read: remove its mark from the desk's
/// lists and remember who read it. Nothing happens without a mark.
void read_reply(db::Transaction& tx, const base::Act& act, ServiceRequestId service_request);
/// Remove the notifications of comments that are not newer than `last`, and the marks of customers' replies. Throws
/// Forbidden unless the program acts: only the demo needs it, because its years of comments would outnumber everything
/// else.
void forget_old_comment_news(db::Transaction& tx, const base::Act& act, base::Time last);

} // namespace actions
