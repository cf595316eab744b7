-- A row of these is its key: stored once, in the order of the key, instead of in a table and an index beside it. Each form that is sent
-- and each comment write one.
CREATE TABLE service_submission_new (
    fingerprint TEXT PRIMARY KEY,
    result_id INTEGER NOT NULL,
    created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO service_submission_new (fingerprint, result_id, created_at)
SELECT fingerprint, result_id, created_at FROM service_submission;
DROP TABLE service_submission;
ALTER TABLE service_submission_new RENAME TO service_submission;
CREATE INDEX submission_by_age ON service_submission (created_at);

CREATE TABLE service_search_behind_new (
    service_request_id INTEGER NOT NULL,
    comment_id INTEGER NOT NULL,
    PRIMARY KEY (service_request_id, comment_id)
) STRICT, WITHOUT ROWID;
INSERT INTO service_search_behind_new (service_request_id, comment_id)
SELECT service_request_id, comment_id FROM service_search_behind;
DROP TABLE service_search_behind;
ALTER TABLE service_search_behind_new RENAME TO service_search_behind;
