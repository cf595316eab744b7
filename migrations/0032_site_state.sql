-- What this database is besides what it holds. `copy` makes it anew in its target.
CREATE TABLE site_state (
    one @bigint@ PRIMARY KEY CHECK (one = 1),
    -- Where the database was when it was first served or adopted: a copy is somewhere else. Empty before.
    home @text@ NOT NULL DEFAULT '',
    -- The command that fills it and has not completed ('copy', 'import-django'), or 'rehearsal'; empty for a site.
    unfinished @text@ NOT NULL DEFAULT ''
) @strict@;
INSERT INTO site_state (one) VALUES (1);
