-- Renewing an unread notification moves it in the list of its reader; the index of unread ones need not move with it. Few are unread of one
-- service request, so the newest of those is found without the time.
DROP INDEX notification_unread;
CREATE INDEX notification_unread ON service_notification (user_id, service_request_id, is_read) WHERE is_read = 0;
