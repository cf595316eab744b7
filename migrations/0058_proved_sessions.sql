-- When the user of the session last typed the password or a code; what is dangerous asks for that again after a while.
ALTER TABLE auth_session ADD COLUMN proved_at @bigint@ NOT NULL DEFAULT 0;
