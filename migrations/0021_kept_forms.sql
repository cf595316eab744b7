-- The key that seals into each form for whom it was drawn, so that kept text only comes back to whoever typed it.
CREATE TABLE service_form_key (
    one @bigint@ PRIMARY KEY CHECK (one = 1),
    -- Empty until the first start.
    key @text@ NOT NULL DEFAULT ''
) @strict@;
INSERT INTO service_form_key (one) VALUES (1);
-- Pages that refused a form, for reloads and the Back button; only the user who was refused gets them.
CREATE TABLE service_refused_page (
    token @text@ PRIMARY KEY,
    user_id @bigint@ NOT NULL REFERENCES auth_user (id) ON DELETE CASCADE,
    status @bigint@ NOT NULL,
    body @text@ NOT NULL,
    created_at @bigint@ NOT NULL
) @strict@;
CREATE INDEX refused_page_of_user ON service_refused_page (user_id, created_at);
