-- A notification about the sign-in has no service request.
ALTER TABLE service_notification ALTER COLUMN service_request_id DROP NOT NULL;
