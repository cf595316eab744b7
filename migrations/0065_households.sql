-- Several people of one account. Each decides about the own service requests: with shares = 1 everybody linked to the account sees
-- those of this account.
ALTER TABLE service_account_user ADD COLUMN shares @bigint@ NOT NULL DEFAULT 0;

-- Who sees which service requests of others: the one rule, which every lookup asks. A migration that makes one of these tables anew
-- drops the view first.
CREATE VIEW service_household_request AS
SELECT r.id AS service_request_id, m.user_id AS user_id
  FROM service_account_user m
  JOIN service_account_user s ON s.account_id = m.account_id AND s.user_id <> m.user_id AND s.shares = 1
  JOIN service_account a ON a.id = m.account_id AND a.is_active = 1
  JOIN service_servicerequest r ON r.account_id = s.account_id AND r.user_id = s.user_id;

-- When somebody last tried number and postal code of an account, five times back: so many tries are free in an hour. Counted here so
-- that all nodes of a site count together. The key is the SHA-256 of who tries.
CREATE TABLE service_account_try (
    key @text@ PRIMARY KEY,
    last_1 @bigint@ NOT NULL,
    last_2 @bigint@ NOT NULL DEFAULT 0,
    last_3 @bigint@ NOT NULL DEFAULT 0,
    last_4 @bigint@ NOT NULL DEFAULT 0,
    last_5 @bigint@ NOT NULL DEFAULT 0
) @strict@;
CREATE INDEX service_account_try_by_age ON service_account_try (last_1);

-- A claim that linked nothing at once. It is looked at in the background, so that neither the answer nor its time tells which accounts
-- there are and which somebody has.
CREATE TABLE service_account_claim (
    id @id@,
    user_id @bigint@ NOT NULL REFERENCES auth_user (id) ON DELETE CASCADE,
    account_number @text@ NOT NULL,
    postal_code @text@ NOT NULL,
    shares @bigint@ NOT NULL DEFAULT 0,
    claimed_at @bigint@ NOT NULL
) @strict@;

-- Somebody who knows number and postal code of an account asks its holder to share it. One that is over stays until its end, so that
-- nobody is asked again and again.
CREATE TABLE service_account_ask (
    id @id@,
    account_id @bigint@ NOT NULL REFERENCES service_account (id) ON DELETE CASCADE,
    user_id @bigint@ NOT NULL REFERENCES auth_user (id) ON DELETE CASCADE,
    shares @bigint@ NOT NULL DEFAULT 0,
    state @text@ NOT NULL DEFAULT 'open' CHECK (state = 'open' OR state = 'over'),
    asked_at @bigint@ NOT NULL
) @strict@;
CREATE UNIQUE INDEX service_account_ask_once ON service_account_ask (account_id, user_id);
CREATE INDEX service_account_ask_by_age ON service_account_ask (asked_at);

-- What somebody chose who claims an account with the registration.
ALTER TABLE auth_registration ADD COLUMN shares @bigint@ NOT NULL DEFAULT 0;
