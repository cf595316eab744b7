-- Whom the OpenID provider's subject is here.
CREATE TABLE sign_in_identity (
    issuer @text@ NOT NULL,
    subject @text@ NOT NULL,
    user_id @bigint@ NOT NULL REFERENCES auth_user (id) ON DELETE CASCADE,
    created_at @bigint@ NOT NULL,
    PRIMARY KEY (issuer, subject)
) @strict@;
CREATE INDEX sign_in_identity_by_user ON sign_in_identity (user_id);
-- Somebody is at the provider and comes back with the state, of which here is the SHA-256, as of the cookie of the browser that left.
CREATE TABLE sign_in_started (
    state_hash @text@ PRIMARY KEY,
    browser_hash @text@ NOT NULL,
    -- Where to go on after the sign-in: a path of ours.
    next_path @text@ NOT NULL,
    -- Whose form led to the sign-in; 0 for none.
    typist @bigint@ NOT NULL DEFAULT 0,
    -- The provider is to ask for the password again.
    is_again @bigint@ NOT NULL DEFAULT 0,
    created_at @bigint@ NOT NULL
) @strict@;
CREATE INDEX sign_in_started_by_time ON sign_in_started (created_at);
-- The provider said that it asked for a second factor.
ALTER TABLE auth_session ADD COLUMN provider_factor @bigint@ NOT NULL DEFAULT 0;
