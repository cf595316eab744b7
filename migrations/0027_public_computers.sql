-- 1: begun on a public computer. Such a session ends after a shorter time without use.
ALTER TABLE auth_session ADD COLUMN is_public @bigint@ NOT NULL DEFAULT 0;
