-- How somebody wants to be told of what happens. Nobody has a row before the first choice.
CREATE TABLE service_notification_plan (
    user_id @bigint@ PRIMARY KEY REFERENCES auth_user (id) ON DELETE CASCADE,
    -- When ordinary mail goes out.
    pace @text@ NOT NULL DEFAULT 'at_once' CHECK (pace IN ('at_once', 'daily', 'never')),
    -- Of the daily mail: minutes after midnight by the clocks of the time zone, as in the next two.
    digest_at @bigint@ NOT NULL DEFAULT 480,
    -- Between these times ordinary mail waits; NULL for no such times.
    quiet_from @bigint@,
    quiet_until @bigint@,
    -- Its name (America/Denver); empty for the site's.
    time_zone @text@ NOT NULL DEFAULT '',
    version @bigint@ NOT NULL DEFAULT 1,
    CHECK ((quiet_from IS NULL) = (quiet_until IS NULL))
) @strict@;

-- Where somebody chose otherwise than usual for an occasion: 1 on, 0 off, NULL as usual.
CREATE TABLE service_notification_choice (
    user_id @bigint@ NOT NULL REFERENCES auth_user (id) ON DELETE CASCADE,
    occasion @text@ NOT NULL,
    site @bigint@,
    mail @bigint@,
    PRIMARY KEY (user_id, occasion)
) @strict@;
-- The staff whose mail an occasion asks for.
CREATE INDEX notification_choice_mail ON service_notification_choice (occasion, user_id) WHERE mail = 1;

-- The occasion that the reader may switch off, and whose mail may wait; empty for what is always sent at once.
ALTER TABLE service_mail ADD COLUMN occasion @text@ NOT NULL DEFAULT '';
-- The daily mail that tells it instead of a mail of its own.
ALTER TABLE service_mail ADD COLUMN digest_id @bigint@;
CREATE INDEX mail_by_digest ON service_mail (digest_id) WHERE digest_id IS NOT NULL;
