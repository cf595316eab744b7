-- SQLite makes a table for a list of three or more at each INSERT, and every write adds an event.
CREATE TABLE service_event_new (
    id @id@,
    subject @text@ NOT NULL
        CHECK (subject = 'service_request' OR subject = 'user' OR subject = 'account' OR subject = 'export'),
    subject_id @bigint@ NOT NULL,
    actor_id @bigint@ REFERENCES auth_user (id),
    kind @text@ NOT NULL,
    visibility @text@ NOT NULL DEFAULT 'internal' CHECK (visibility IN ('public', 'internal')),
    before_value @text@ NOT NULL DEFAULT '',
    after_value @text@ NOT NULL DEFAULT '',
    comment_id @bigint@,
    created_at @bigint@ NOT NULL
) @strict@;
INSERT INTO service_event_new
SELECT id, subject, subject_id, actor_id, kind, visibility, before_value, after_value, comment_id, created_at
  FROM service_event;
DROP TABLE service_event;
ALTER TABLE service_event_new RENAME TO service_event;
CREATE INDEX event_by_subject ON service_event (subject, subject_id, id);
