-- Browsers that somebody has signed in with, by the SHA-256 of their cookie. Their wrong passwords are counted apart, so that
-- nobody elsewhere can make them wait.
CREATE TABLE sign_in_device (
    device @text@ NOT NULL,
    user_id @bigint@ NOT NULL REFERENCES auth_user (id) ON DELETE CASCADE,
    used_at @bigint@ NOT NULL,
    PRIMARY KEY (device, user_id)
) @strict@;
CREATE INDEX sign_in_device_by_user ON sign_in_device (user_id);
CREATE INDEX sign_in_device_by_use ON sign_in_device (used_at);
-- A count ends at a time of its own kind, no longer a minute after its first failure.
ALTER TABLE sign_in_failure ADD COLUMN ends_at @bigint@ NOT NULL DEFAULT 0;
-- When the first of failed_sign_ins was. Nobody is locked any more: locked_until has no meaning.
ALTER TABLE auth_user ADD COLUMN failed_since @bigint@ NOT NULL DEFAULT 0;
UPDATE auth_user SET locked_until = 0, failed_sign_ins = 0;
