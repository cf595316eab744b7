-- Wrong passwords of the last minute, by the SHA-256 of address and user name and of the user name alone: counted here
-- so that all nodes of a site count together.
CREATE TABLE sign_in_failure (
    key @text@ PRIMARY KEY,
    failures @bigint@ NOT NULL,
    first_at @bigint@ NOT NULL,
    blocked_until @bigint@ NOT NULL
) @strict@;
CREATE INDEX sign_in_failure_by_age ON sign_in_failure (first_at);
