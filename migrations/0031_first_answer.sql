-- When one of the staff first answered the customer: the export writes it for every row without reading the comments.
ALTER TABLE service_servicerequest ADD COLUMN first_answer_at @bigint@;
UPDATE service_servicerequest
   SET first_answer_at = (SELECT MIN(c.created_at) FROM service_comment c JOIN auth_user s ON s.id = c.user_id
                           WHERE c.service_request_id = service_servicerequest.id AND c.visibility = 'public'
                             AND s.role <> 'customer')
 WHERE public_comments > 0;
