-- A notification about the sign-in has no service request.
CREATE TABLE service_notification_new (
    id @id@,
    user_id @bigint@ NOT NULL REFERENCES auth_user (id) ON DELETE CASCADE,
    service_request_id @bigint@ REFERENCES service_servicerequest (id) ON DELETE CASCADE,
    message @text@ NOT NULL,
    is_read @bigint@ NOT NULL DEFAULT 0,
    created_at @bigint@ NOT NULL,
    kind @text@ NOT NULL DEFAULT 'sentence',
    actor_id @bigint@ REFERENCES auth_user (id),
    times @bigint@ NOT NULL DEFAULT 1,
    comment_id @bigint@
) @strict@;
INSERT INTO service_notification_new
SELECT id, user_id, service_request_id, message, is_read, created_at, kind, actor_id, times, comment_id
  FROM service_notification;
DROP TABLE service_notification;
ALTER TABLE service_notification_new RENAME TO service_notification;
CREATE INDEX notification_by_user ON service_notification (user_id, created_at, id);
CREATE INDEX notification_unread ON service_notification (user_id, service_request_id, is_read) WHERE is_read = 0;
