-- One index for the count of a user's unread ones and for those of one service request; nobody asks for all of a service request.
DROP INDEX notification_by_request;
DROP INDEX notification_unread;
CREATE INDEX notification_unread ON service_notification (user_id, service_request_id) WHERE is_read = 0;
