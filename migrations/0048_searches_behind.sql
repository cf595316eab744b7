-- One list of what waits for new search words. A change of a user or an account puts all of their service requests there, as a comment
-- does with one: comment_id is far below zero then, and a second change finds the row of the first.
INSERT INTO service_search_behind (service_request_id, comment_id)
SELECT DISTINCT r.id, CAST(-9000000000000000000 AS @bigint@) FROM service_servicerequest r JOIN service_search_renewal w
    ON r.id < w.before_id AND ((w.subject = 'user' AND w.subject_id = r.user_id)
                               OR (w.subject = 'account' AND w.subject_id = r.account_id))
 WHERE NOT EXISTS (SELECT 1 FROM service_search_behind b WHERE b.service_request_id = r.id AND b.comment_id = -9000000000000000000);
DROP TABLE service_search_renewal;
