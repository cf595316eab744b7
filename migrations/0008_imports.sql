-- Where an imported site came from: one row, so that a second site is not mixed into the first.
CREATE TABLE import_source (
    fingerprint @text@ PRIMARY KEY,
    started_at @bigint@ NOT NULL,
    -- The last run that came to its end.
    finished_at @bigint@
) @strict@;

-- One row for each row that was taken over: what it was there, what it is here, and how both stood then.
CREATE TABLE import_row (
    subject @text@ NOT NULL,
    source_id @bigint@ NOT NULL,
    target_id @bigint@ NOT NULL,
    -- The beginning of the SHA-256 of the values as they were in the source.
    digest @bigint@ NOT NULL,
    -- Our row's version after the import wrote it; zero where rows have none.
    version @bigint@ NOT NULL,
    PRIMARY KEY (subject, source_id)
) @strict@;
