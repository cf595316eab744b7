-- A small picture of a photo, made by the browser that sent it.
CREATE TABLE service_attachment_preview (
    attachment_id @bigint@ PRIMARY KEY REFERENCES service_attachment (id) ON DELETE CASCADE,
    stored_name @text@ NOT NULL UNIQUE,
    content_type @text@ NOT NULL,
    size @bigint@ NOT NULL,
    sha256 @text@ NOT NULL,
    width @bigint@ NOT NULL,
    height @bigint@ NOT NULL
) @strict@;
-- Files that did not come with a service request, for its receipt.
CREATE TABLE service_left_out_file (
    service_request_id @bigint@ NOT NULL REFERENCES service_servicerequest (id) ON DELETE CASCADE,
    place @bigint@ NOT NULL,
    -- Empty when nobody knows it.
    name @text@ NOT NULL,
    reason @text@ NOT NULL,
    PRIMARY KEY (service_request_id, place)
) @strict@;
-- Files that arrived with a form that came back: without scripts a browser cannot send them twice.
CREATE TABLE service_held_file (
    id @id@,
    user_id @bigint@ NOT NULL REFERENCES auth_user (id) ON DELETE CASCADE,
    name @text@ NOT NULL,
    content_type @text@ NOT NULL,
    size @bigint@ NOT NULL,
    sha256 @text@ NOT NULL,
    stored_name @text@ NOT NULL UNIQUE,
    created_at @bigint@ NOT NULL
) @strict@;
CREATE INDEX held_file_of_user ON service_held_file (user_id, id);
CREATE INDEX held_file_by_time ON service_held_file (created_at);
