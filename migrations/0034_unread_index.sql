-- Nearly every page counts the unread notifications and asks for the newest of a service request: the index answers both alone.
DROP INDEX notification_unread;
CREATE INDEX notification_unread ON service_notification (user_id, service_request_id, is_read, created_at) WHERE is_read = 0;
