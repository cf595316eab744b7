-- Until when a temporary password lets somebody in; 0 for a password of one's own. Those that wait now begin their day now.
ALTER TABLE auth_user ADD COLUMN temporary_until bigint NOT NULL DEFAULT 0;
UPDATE auth_user SET temporary_until = (EXTRACT(EPOCH FROM now())::bigint + 86400) * 1000 WHERE must_change_password = 1;
-- Hashes that are not of today's kind, by their kind: how long a check of one takes tells a stranger nothing.
CREATE INDEX auth_user_by_other_hash ON auth_user (password)
 WHERE substr(password, 1, 31) <> '$argon2id$v=19$m=19456,t=2,p=1$' AND substr(password, 1, 1) <> '!';
