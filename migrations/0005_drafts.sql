-- Text that was typed into a form whose session had ended: it comes back when the form is shown again after signing in.
CREATE TABLE service_draft (
    user_id @bigint@ NOT NULL REFERENCES auth_user (id) ON DELETE CASCADE,
    path @text@ NOT NULL,
    fields @text@ NOT NULL,
    created_at @bigint@ NOT NULL,
    PRIMARY KEY (user_id, path)
) @strict@;
CREATE INDEX draft_by_age ON service_draft (created_at);
