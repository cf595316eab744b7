-- The language that somebody chose for the pages, as its tag ("es"); empty: what the browser asks for.
ALTER TABLE auth_user ADD COLUMN language @text@ NOT NULL DEFAULT '';
-- The language of the page on which a leak was reported; empty for English, for a caller's and for those from before.
ALTER TABLE service_leak_report ADD COLUMN language @text@ NOT NULL DEFAULT '';
