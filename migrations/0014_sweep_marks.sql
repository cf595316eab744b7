-- Who may sweep the store: the store carries the same random mark as the database that swept it last, a new one each
-- time. A restored database has an old mark, and so removes nothing of what came after it.
ALTER TABLE service_attachment_store ADD COLUMN sweep_mark @text@ NOT NULL DEFAULT '';
-- The one that the store had before: a process may die between telling the database and telling the store.
ALTER TABLE service_attachment_store ADD COLUMN sweep_mark_before @text@ NOT NULL DEFAULT '';
ALTER TABLE service_attachment_store ADD COLUMN swept_at @bigint@ NOT NULL DEFAULT 0;
