-- How much a customer sent within a day.
CREATE INDEX attachment_by_user ON service_attachment (user_id, created_at, size) WHERE user_id IS NOT NULL;
