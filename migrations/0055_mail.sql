-- Whether this site sends mail. Each start of a server sets it; what queues a mail asks it in the same statement.
CREATE TABLE service_mail_switch (
    one @bigint@ PRIMARY KEY CHECK (one = 1),
    is_on @bigint@ NOT NULL DEFAULT 0
) @strict@;
INSERT INTO service_mail_switch (one) VALUES (1);

-- Mail to one person each, written in the transaction of what it tells of and sent afterwards. A row stores what happened; the words
-- are made when it is sent.
CREATE TABLE service_mail (
    id @id@,
    kind @text@ NOT NULL,
    -- What it tells of: one mail for each cause and recipient.
    cause @text@ NOT NULL,
    to_address @text@ NOT NULL,
    user_id @bigint@ REFERENCES auth_user (id) ON DELETE CASCADE,
    service_request_id @bigint@ REFERENCES service_servicerequest (id) ON DELETE CASCADE,
    comment_id @bigint@,
    language @text@ NOT NULL DEFAULT '',
    -- What only the mail may say, such as a one-time link: gone as soon as the mail is accepted or given up.
    secret @text@ NOT NULL DEFAULT '',
    created_at @bigint@ NOT NULL,
    -- Since when it is tried: later than created_at when it is sent again.
    queued_at @bigint@ NOT NULL,
    state @text@ NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'accepted', 'given_up')),
    attempts @bigint@ NOT NULL DEFAULT 0,
    due_at @bigint@ NOT NULL,
    -- Until then a node is sending it, and no other one does.
    claimed_until @bigint@ NOT NULL DEFAULT 0,
    -- When it was accepted or given up.
    ended_at @bigint@,
    -- Which server took or refused it last, and its answer or why there was none.
    server @text@ NOT NULL DEFAULT '',
    answer @text@ NOT NULL DEFAULT '',
    CHECK ((state = 'waiting') = (ended_at IS NULL))
) @strict@;
CREATE UNIQUE INDEX mail_by_cause ON service_mail (cause, to_address);
CREATE INDEX mail_due ON service_mail (due_at, id) WHERE state = 'waiting';
CREATE INDEX mail_by_request ON service_mail (service_request_id, id) WHERE service_request_id IS NOT NULL;
CREATE INDEX mail_by_user ON service_mail (user_id) WHERE user_id IS NOT NULL;
CREATE INDEX mail_ended ON service_mail (ended_at) WHERE state <> 'waiting';
