-- Users and accounts whose service requests wait for new search words: those below `before_id`, and above it they have them. The
-- round says whether somebody changed the user or the account meanwhile.
CREATE TABLE service_search_renewal (
    subject @text@ NOT NULL CHECK (subject IN ('user', 'account')),
    subject_id @bigint@ NOT NULL,
    before_id @bigint@ NOT NULL,
    round @bigint@ NOT NULL DEFAULT 1,
    PRIMARY KEY (subject, subject_id)
) @strict@;
