-- The transaction that wrote the event. Ids are taken before a commit and become visible out of order; whether a
-- transaction is visible in a snapshot is certain. Means nothing on another server: copies leave it to its default.
ALTER TABLE service_event ADD COLUMN tx xid8 NOT NULL DEFAULT pg_current_xact_id();
CREATE INDEX event_by_transaction ON service_event (tx);
