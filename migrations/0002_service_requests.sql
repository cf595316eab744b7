CREATE TABLE service_request_type (
    id @id@,
    slug @text@ NOT NULL UNIQUE,
    name @text@ NOT NULL,
    hint @text@ NOT NULL DEFAULT '',
    icon @text@ NOT NULL DEFAULT 'message-circle',
    is_emergency @bigint@ NOT NULL DEFAULT 0,
    is_active @bigint@ NOT NULL DEFAULT 1,
    position @bigint@ NOT NULL,
    -- Minutes until a person answers, as the confirmation page promises it.
    answer_minutes @bigint@ NOT NULL
) @strict@;

INSERT INTO service_request_type (slug, name, hint, icon, is_emergency, position, answer_minutes) VALUES
    ('gas-leak', 'Gas Leak', 'Smell of rotten eggs, hissing, a damaged pipe', 'alert-triangle', 1, 1, 0),
    ('no-gas-or-heat', 'No Gas or Heat', 'Nothing comes on, or the pressure is low', 'snowflake', 0, 2, 60),
    ('maintenance', 'Maintenance', 'Repair or check of an appliance or a line', 'tool', 0, 3, 480),
    ('installation', 'Installation', 'A new line, meter or appliance', 'plug-connected', 0, 4, 960),
    ('meter-reading', 'Meter Reading', 'Send a reading or ask about one', 'gauge', 0, 5, 960),
    ('billing', 'Billing', 'A bill, a payment, a change of name', 'file-text', 0, 6, 960),
    ('other', 'Other', 'Anything else', 'message-circle', 0, 7, 960);

CREATE TABLE service_servicerequest (
    id @id@,
    -- Nobody for a leak reported without signing in.
    user_id @bigint@ REFERENCES auth_user (id),
    account_id @bigint@ REFERENCES service_account (id),
    request_type_id @bigint@ NOT NULL REFERENCES service_request_type (id),
    description @text@ NOT NULL,
    status @text@ NOT NULL DEFAULT 'Pending' CHECK (status IN ('Pending', 'Resolved')),
    submitted_at @bigint@ NOT NULL,
    resolved_at @bigint@,
    updated_at @bigint@ NOT NULL,
    -- Copied from the type when submitted, so that open emergencies have an index of their own.
    is_emergency @bigint@ NOT NULL DEFAULT 0,
    channel @text@ NOT NULL DEFAULT 'web' CHECK (channel IN ('web', 'emergency', 'phone')),
    address @text@ NOT NULL DEFAULT '',
    -- Folded address: finds earlier service requests of the same place.
    address_key @text@ NOT NULL DEFAULT '',
    contact_name @text@ NOT NULL DEFAULT '',
    contact_phone @text@ NOT NULL DEFAULT '',
    public_comments @bigint@ NOT NULL DEFAULT 0,
    internal_comments @bigint@ NOT NULL DEFAULT 0,
    -- Public ones; those of internal comments are counted apart, for no count may tell a customer of them.
    attachments @bigint@ NOT NULL DEFAULT 0,
    internal_attachments @bigint@ NOT NULL DEFAULT 0,
    -- SHA-256 in hexadecimal of the private link's token.
    follow_hash @text@ UNIQUE,
    version @bigint@ NOT NULL DEFAULT 1,
    CHECK ((status = 'Resolved') = (resolved_at IS NOT NULL))
) @strict@;
-- status is last so that a customer's counts need the index only.
CREATE INDEX servicerequest_by_user ON service_servicerequest (user_id, id, status);
CREATE INDEX servicerequest_by_status ON service_servicerequest (status, submitted_at, id);
-- Counting the open ones of each type for the overview reads nothing else.
CREATE INDEX servicerequest_open_types ON service_servicerequest (request_type_id) WHERE status = 'Pending';
CREATE INDEX servicerequest_by_type ON service_servicerequest (request_type_id, submitted_at, id);
CREATE INDEX servicerequest_by_submitted ON service_servicerequest (submitted_at, id);
CREATE INDEX servicerequest_by_updated ON service_servicerequest (updated_at, id);
CREATE INDEX servicerequest_by_address ON service_servicerequest (address_key, id) WHERE address_key <> '';
-- The two fixed columns lead, or the planner takes the index by status and walks everything open.
CREATE INDEX servicerequest_open_emergencies ON service_servicerequest (is_emergency, status, submitted_at, id)
    WHERE is_emergency = 1 AND status = 'Pending';
CREATE INDEX servicerequest_resolved ON service_servicerequest (resolved_at) WHERE resolved_at IS NOT NULL;

-- Counts that every queue page shows and that are too many rows to count each time. Spread over shards (id modulo 16), so
-- that on a server concurrent writers seldom wait for each other's row; the count is the sum.
CREATE TABLE service_counter (
    name @text@ NOT NULL,
    shard @bigint@ NOT NULL,
    value @bigint@ NOT NULL,
    PRIMARY KEY (name, shard)
) @strict@;

CREATE TABLE service_leak_report (
    service_request_id @bigint@ PRIMARY KEY REFERENCES service_servicerequest (id) ON DELETE CASCADE,
    place @text@ NOT NULL CHECK (place IN ('inside', 'outside', 'both', 'unknown')),
    strength @text@ NOT NULL CHECK (strength IN ('faint', 'clear', 'strong', 'unknown')),
    unable_to_leave @text@ NOT NULL CHECK (unable_to_leave IN ('yes', 'no', 'unknown')),
    advice_version @text@ NOT NULL,
    advice_shown_at @bigint@ NOT NULL
) @strict@;

CREATE TABLE service_comment (
    id @id@,
    service_request_id @bigint@ NOT NULL REFERENCES service_servicerequest (id) ON DELETE CASCADE,
    -- Nobody when the reporter of a leak writes through the private link.
    user_id @bigint@ REFERENCES auth_user (id),
    text @text@ NOT NULL,
    visibility @text@ NOT NULL DEFAULT 'public' CHECK (visibility IN ('public', 'internal')),
    created_at @bigint@ NOT NULL
) @strict@;
CREATE INDEX comment_by_request ON service_comment (service_request_id, id);

CREATE TABLE service_attachment (
    id @id@,
    service_request_id @bigint@ NOT NULL REFERENCES service_servicerequest (id) ON DELETE CASCADE,
    comment_id @bigint@ REFERENCES service_comment (id) ON DELETE CASCADE,
    user_id @bigint@ REFERENCES auth_user (id),
    visibility @text@ NOT NULL DEFAULT 'public' CHECK (visibility IN ('public', 'internal')),
    name @text@ NOT NULL,
    content_type @text@ NOT NULL,
    size @bigint@ NOT NULL,
    sha256 @text@ NOT NULL,
    stored_name @text@ NOT NULL UNIQUE,
    created_at @bigint@ NOT NULL
) @strict@;
CREATE INDEX attachment_by_request ON service_attachment (service_request_id, id);

CREATE TABLE service_notification (
    id @id@,
    user_id @bigint@ NOT NULL REFERENCES auth_user (id) ON DELETE CASCADE,
    service_request_id @bigint@ NOT NULL REFERENCES service_servicerequest (id) ON DELETE CASCADE,
    message @text@ NOT NULL,
    is_read @bigint@ NOT NULL DEFAULT 0,
    created_at @bigint@ NOT NULL
) @strict@;
CREATE INDEX notification_by_user ON service_notification (user_id, id);
CREATE INDEX notification_unread ON service_notification (user_id) WHERE is_read = 0;
CREATE INDEX notification_by_request ON service_notification (service_request_id);
