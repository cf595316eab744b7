-- Counted in rows of their own: a row of auth_user is wide and has many indexes, and the time to write it told on PostgreSQL that
-- the user exists. Below zero stand names that are nobody's: they are counted, too.
CREATE TABLE auth_wrong_password (
    user_id @bigint@ PRIMARY KEY,
    times @bigint@ NOT NULL,
    since @bigint@ NOT NULL
) @strict@;
INSERT INTO auth_wrong_password (user_id, times, since)
SELECT id, failed_sign_ins, failed_since FROM auth_user WHERE failed_sign_ins > 0;
ALTER TABLE auth_user DROP COLUMN failed_sign_ins;
ALTER TABLE auth_user DROP COLUMN failed_since;
