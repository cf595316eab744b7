-- When a customer closed the own profile: the names, the email and the phone are gone then, and the contact details of its service
-- requests with them, those of open leaks as soon as they are resolved.
ALTER TABLE auth_user ADD COLUMN closed_at @bigint@;
CREATE INDEX auth_user_closed ON auth_user (id) WHERE closed_at IS NOT NULL;
-- Which accounts somebody asked to share: the history says by which user name.
CREATE INDEX event_of_ask ON service_event (actor_id, subject_id) WHERE kind = 'asked_to_share';
