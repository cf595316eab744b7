-- One row for each service request: reference, customer, account, address, type and description, folded by base::words.
-- No waiting table as on SQLite: the row is found as soon as it is committed.
CREATE TABLE service_search (
    service_request_id BIGINT PRIMARY KEY REFERENCES service_servicerequest (id) ON DELETE CASCADE,
    words TSVECTOR NOT NULL
);
-- Without fastupdate: its list of entries not yet sorted in is read by every search, and whoever fills it up waits until
-- all of it is sorted in.
CREATE INDEX service_search_by_word ON service_search USING gin (words) WITH (fastupdate = off);
