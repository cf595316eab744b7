-- A question that the reporter left open is not "not sure". SQLite changes a CHECK only with a new table.
CREATE TABLE service_leak_answers (
    service_request_id INTEGER PRIMARY KEY REFERENCES service_servicerequest (id) ON DELETE CASCADE,
    place TEXT NOT NULL CHECK (place IN ('inside', 'outside', 'both', 'unknown', 'unanswered')),
    strength TEXT NOT NULL CHECK (strength IN ('faint', 'clear', 'strong', 'unknown', 'unanswered')),
    unable_to_leave TEXT NOT NULL CHECK (unable_to_leave IN ('yes', 'no', 'unknown', 'unanswered')),
    advice_version TEXT NOT NULL,
    advice_shown_at INTEGER NOT NULL,
    sender TEXT NOT NULL DEFAULT ''
) STRICT;
INSERT INTO service_leak_answers
       (service_request_id, place, strength, unable_to_leave, advice_version, advice_shown_at, sender)
SELECT service_request_id, place, strength, unable_to_leave, advice_version, advice_shown_at, sender
  FROM service_leak_report;
DROP TABLE service_leak_report;
ALTER TABLE service_leak_answers RENAME TO service_leak_report;
CREATE INDEX leak_report_by_sender ON service_leak_report (sender, advice_shown_at) WHERE sender <> '';
