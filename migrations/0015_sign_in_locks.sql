-- Until when nobody can sign in as this user, after too many wrong passwords in a row; a moment that has passed: no lock.
ALTER TABLE auth_user ADD COLUMN locked_until @bigint@ NOT NULL DEFAULT 0;
-- A hundred used to lock for good.
UPDATE auth_user SET failed_sign_ins = 0 WHERE failed_sign_ins >= 100;
