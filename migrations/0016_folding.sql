-- By which version of the folding rules (base::fold_version) search_text, address_key and the words of the search were
-- made. They cannot be made by SQL: `migrate` makes them anew when the program's rules are newer.
CREATE TABLE service_folding (
    one @bigint@ PRIMARY KEY CHECK (one = 1),
    version @bigint@ NOT NULL
) @strict@;
INSERT INTO service_folding (one, version) VALUES (1, 0);
