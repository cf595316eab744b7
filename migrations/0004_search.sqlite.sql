-- One row for each service request: reference, customer, account, address, type and description, folded by base::words.
-- detail=none: only whole-document matches are asked for, which keeps writing cheap; the prefixes serve search as you type.
-- The ascii tokenizer takes every byte above 127 as a letter, so it never splits a word of ours.
CREATE VIRTUAL TABLE service_search USING fts5 (
    words, detail = none, columnsize = 0, prefix = '2 3 4', tokenize = 'ascii'
);
INSERT INTO service_search (service_search, rank) VALUES ('automerge', 8);

-- Written by the transaction that adds the service request and moved into service_search 64 at a time: FTS5 writes a
-- segment at every savepoint, which costs ten times the row itself. Searches look in both.
CREATE TABLE service_search_waiting (
    service_request_id INTEGER PRIMARY KEY,
    words TEXT NOT NULL
) STRICT;

-- Beginnings of five letters and more are spelled out from here: FTS5 reads given words newest first, but sorts all
-- matches of a beginning. A word ending in * stands for words that go on with digits.
CREATE TABLE service_search_word (
    word TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;
