-- Who of the staff takes care of an emergency, and since when; nobody until somebody says so, and again once it is reopened.
ALTER TABLE service_servicerequest ADD COLUMN taken_by @bigint@ REFERENCES auth_user (id);
ALTER TABLE service_servicerequest ADD COLUMN taken_at @bigint@;
-- Counting the open ones, and how many of them somebody has, reads nothing else.
DROP INDEX servicerequest_open_emergencies;
CREATE INDEX servicerequest_open_emergencies ON service_servicerequest (is_emergency, status, submitted_at, id, taken_at)
    WHERE is_emergency = 1 AND status = 'Pending';
-- Those that nobody has, newest first: the alarm on every page of the desk.
CREATE INDEX servicerequest_waiting_emergencies ON service_servicerequest (is_emergency, status, submitted_at, id)
    WHERE is_emergency = 1 AND status = 'Pending' AND taken_at IS NULL;
-- An open leak is shown on every other service request of the same place.
CREATE INDEX servicerequest_emergency_places ON service_servicerequest (is_emergency, status, address_key, id)
    WHERE is_emergency = 1 AND status = 'Pending' AND address_key <> '';
