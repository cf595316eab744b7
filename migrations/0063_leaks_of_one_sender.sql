-- The first leak that the same person reported at another address within half an hour before: a corrected address, mostly. Their own
-- page says so (1) unless only a phone number and a network tell who they are.
ALTER TABLE service_leak_report ADD COLUMN earlier_id @bigint@ REFERENCES service_servicerequest (id);
ALTER TABLE service_leak_report ADD COLUMN is_earlier_shown @bigint@ NOT NULL DEFAULT 0;
CREATE INDEX leak_report_by_earlier ON service_leak_report (earlier_id, service_request_id) WHERE earlier_id IS NOT NULL;
