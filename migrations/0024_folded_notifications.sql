-- Several unread notifications of one kind, person and service request are one, with their number. It moves to the top of its list
-- when it is renewed, so the list is ordered and paged by time.
ALTER TABLE service_notification ADD COLUMN times @bigint@ NOT NULL DEFAULT 1;
-- The newest public comment that it is about; the list shows its first words.
ALTER TABLE service_notification ADD COLUMN comment_id @bigint@;
DROP INDEX notification_by_user;
CREATE INDEX notification_by_user ON service_notification (user_id, created_at, id);
