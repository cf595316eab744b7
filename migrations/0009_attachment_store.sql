-- Which store the site's attachments are in: its one row has the id that the store is marked with.
CREATE TABLE service_attachment_store (
    one @bigint@ PRIMARY KEY CHECK (one = 1),
    -- Empty until the first start.
    store_id @text@ NOT NULL DEFAULT '',
    is_marked @bigint@ NOT NULL DEFAULT 0
) @strict@;
INSERT INTO service_attachment_store (one) VALUES (1);
