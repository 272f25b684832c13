-- Of a run: the addresses that go along with what is asked, and what GEN shows of it while it goes.

ALTER TABLE work ADD COLUMN attachments TEXT CHECK (attachments IS NULL OR json_valid(attachments));
-- Where GEN shows it; never in a log or on a page.
ALTER TABLE work ADD COLUMN progress_path TEXT;
ALTER TABLE work ADD COLUMN steps TEXT CHECK (steps IS NULL OR json_valid(steps));
