-- What happened and who did it, instead of an English sentence. Sentences stored before keep their text.
ALTER TABLE service_notification ADD COLUMN kind @text@ NOT NULL DEFAULT 'sentence';
ALTER TABLE service_notification ADD COLUMN actor_id @bigint@ REFERENCES auth_user (id);
