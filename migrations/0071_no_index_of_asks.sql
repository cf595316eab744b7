-- An index for some kinds alone makes SQLite prepare each statement anew that asks for a kind: the alarm bar on every page of the desk.
-- Who closes a profile reads the history instead, once.
DROP INDEX event_of_ask;
