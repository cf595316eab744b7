-- One row for each service request: reference, customer, account, address, type and description, folded by base::words.
-- detail=none: only whole-document matches are asked for, which keeps writing cheap; the prefixes serve search as you type.
CREATE VIRTUAL TABLE service_search USING fts5 (
    words, detail = none, columnsize = 0, prefix = '2 3 4', tokenize = "unicode61 remove_diacritics 0"
);
