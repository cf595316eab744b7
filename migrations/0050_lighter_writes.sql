-- One unread notification for each user, service request, kind and actor, so that one statement renews it or adds it.
-- Where two nodes had added two, the older one counts as read.
UPDATE service_notification SET is_read = 1
 WHERE is_read = 0 AND actor_id IS NOT NULL AND EXISTS (
     SELECT 1 FROM service_notification n
      WHERE n.is_read = 0 AND n.user_id = service_notification.user_id
        AND n.service_request_id = service_notification.service_request_id
        AND n.kind = service_notification.kind AND n.actor_id = service_notification.actor_id
        AND n.id > service_notification.id);
DROP INDEX notification_unread;
CREATE UNIQUE INDEX notification_unread ON service_notification (user_id, service_request_id, is_read, kind, actor_id)
    WHERE is_read = 0;
-- The staff, who are few among many customers.
CREATE INDEX auth_user_staff ON auth_user (id) WHERE role <> 'customer';
-- A customer's accounts in their order.
DROP INDEX service_account_user_by_user;
CREATE INDEX service_account_user_by_user ON service_account_user (user_id, account_id);
