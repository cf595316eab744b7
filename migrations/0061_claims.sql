-- When the customer claimed the account with its number and postal code; 0: the staff linked it.
ALTER TABLE service_account_user ADD COLUMN claimed_at @bigint@ NOT NULL DEFAULT 0;
