-- The staff who wrote on a service request or changed its status. Whoever tells them of the customer's next comment
-- must not read the whole conversation for it.
CREATE TABLE service_participant (
    service_request_id @bigint@ NOT NULL REFERENCES service_servicerequest (id) ON DELETE CASCADE,
    user_id @bigint@ NOT NULL REFERENCES auth_user (id),
    PRIMARY KEY (service_request_id, user_id)
) @strict@;

INSERT INTO service_participant (service_request_id, user_id)
SELECT c.service_request_id, u.id
  FROM service_comment c JOIN auth_user u ON u.id = c.user_id WHERE u.role <> 'customer'
UNION
SELECT e.subject_id, u.id
  FROM service_event e JOIN auth_user u ON u.id = e.actor_id
 WHERE e.subject = 'service_request' AND e.kind IN ('resolved', 'reopened') AND u.role <> 'customer';
