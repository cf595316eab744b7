-- From where a leak was reported: an IPv4 address, or the /64 network of an IPv6 address; empty for a report that staff wrote down
-- for a caller. Customers never see it.
ALTER TABLE service_leak_report ADD COLUMN sender @text@ NOT NULL DEFAULT '';
CREATE INDEX leak_report_by_sender ON service_leak_report (sender, advice_shown_at) WHERE sender <> '';
-- The open emergency whose line at the desk speaks for this one too, because the same sender reported both.
ALTER TABLE service_servicerequest ADD COLUMN folded_into @bigint@ REFERENCES service_servicerequest (id);
CREATE INDEX servicerequest_folded ON service_servicerequest (folded_into, address_key, id) WHERE folded_into IS NOT NULL;
DROP INDEX servicerequest_open_emergencies;
CREATE INDEX servicerequest_open_emergencies
    ON service_servicerequest (is_emergency, status, submitted_at, id, taken_at, folded_into)
    WHERE is_emergency = 1 AND status = 'Pending';
DROP INDEX servicerequest_waiting_emergencies;
CREATE INDEX servicerequest_waiting_emergencies ON service_servicerequest (is_emergency, status, submitted_at, id)
    WHERE is_emergency = 1 AND status = 'Pending' AND taken_at IS NULL AND folded_into IS NULL;
