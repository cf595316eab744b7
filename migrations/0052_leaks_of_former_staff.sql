-- An open emergency in the hands of somebody who can no longer sign in, or who became a customer, rings for everybody again.
UPDATE service_servicerequest SET taken_by = NULL, taken_at = NULL
 WHERE is_emergency = 1 AND status = 'Pending'
   AND taken_by IN (SELECT id FROM auth_user WHERE is_active = 0 OR role = 'customer');
