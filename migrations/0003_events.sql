-- The history of everything, append-only. Live pages follow it by id.
CREATE TABLE service_event (
    id @id@,
    subject @text@ NOT NULL CHECK (subject IN ('service_request', 'user', 'account', 'export')),
    subject_id @bigint@ NOT NULL,
    actor_id @bigint@ REFERENCES auth_user (id),
    kind @text@ NOT NULL,
    visibility @text@ NOT NULL DEFAULT 'internal' CHECK (visibility IN ('public', 'internal')),
    before_value @text@ NOT NULL DEFAULT '',
    after_value @text@ NOT NULL DEFAULT '',
    comment_id @bigint@,
    created_at @bigint@ NOT NULL
) @strict@;
CREATE INDEX event_by_subject ON service_event (subject, subject_id, id);

-- One row for each form that was carried out: a repeated submission finds the result of the first.
CREATE TABLE service_submission (
    fingerprint @text@ PRIMARY KEY,
    result_id @bigint@ NOT NULL,
    created_at @bigint@ NOT NULL
) @strict@;
CREATE INDEX submission_by_age ON service_submission (created_at);
