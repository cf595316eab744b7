-- Service requests with comments or files whose words the search does not know yet, one row for each: housekeeping stores the words a
-- moment later, so that nobody who writes a comment waits for that. A row of its own for each comment, because on PostgreSQL one that
-- is found cannot be told from one that is just being removed. Zero stands for the files of a new service request, a number below zero for
-- an imported file.
CREATE TABLE service_search_behind (
    service_request_id @bigint@ NOT NULL,
    comment_id @bigint@ NOT NULL,
    PRIMARY KEY (service_request_id, comment_id)
) @strict@;
