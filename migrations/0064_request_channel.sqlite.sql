-- SQLite makes a table for a list of three or more at each INSERT.
ALTER TABLE service_servicerequest ADD COLUMN channel_new TEXT NOT NULL DEFAULT 'web'
    CHECK (channel_new = 'web' OR channel_new = 'emergency' OR channel_new = 'phone');
UPDATE service_servicerequest SET channel_new = channel WHERE channel <> 'web';
ALTER TABLE service_servicerequest DROP COLUMN channel;
ALTER TABLE service_servicerequest RENAME COLUMN channel_new TO channel;
