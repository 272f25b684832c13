-- Who looks at GEN for a piece of work and when, and the addresses at which GEN may say that it is worth a look.

-- A look under way holds its work until then, so that nobody else begins one. The number grows with every look: an
-- answer that comes back after another look began is not written.
ALTER TABLE work ADD COLUMN lease_until INTEGER;
ALTER TABLE work ADD COLUMN fence INTEGER NOT NULL DEFAULT 0;
-- When the last look began: a hint never causes a second one within two seconds.
ALTER TABLE work ADD COLUMN looked_at INTEGER;
-- A hint that came while a look was under way, which may have read what was there before.
ALTER TABLE work ADD COLUMN hinted_at INTEGER;
-- Since when GEN says that it does not know it.
ALTER TABLE work ADD COLUMN missing_since INTEGER;
-- GEN's news and GEN's lists name things by GEN's number alone.
CREATE INDEX work_by_number ON work (upstream_id) WHERE upstream_id IS NOT NULL;
CREATE INDEX work_looked_at_now ON work (lease_until) WHERE lease_until IS NOT NULL;

-- Nothing is looked at with this key before then: GEN refused the key, or asked to wait.
ALTER TABLE gen_key ADD COLUMN looks_after INTEGER;

-- Where GEN's news for an agent land. The secret is part of the address and kept nowhere: it is derived anew from
-- the master key of that name, so a copied database opens no address.
CREATE TABLE webhook (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    agent_id    TEXT    NOT NULL,
    secret_hash BLOB    NOT NULL UNIQUE CHECK (length(secret_hash) = 32),
    kid         TEXT    NOT NULL,
    created_at  INTEGER NOT NULL,
    -- Null for the current one; one that was replaced is heard for a while yet.
    ends_at     INTEGER
) STRICT;
CREATE UNIQUE INDEX webhook_current ON webhook (agent_id) WHERE ends_at IS NULL;

-- Grows whenever somebody may see more or less than before, so that a thousand open pages need not ask for themselves
-- every few seconds. Triggers keep it, because whoever writes could forget to.
CREATE TABLE rights (version INTEGER NOT NULL) STRICT;
INSERT INTO rights (version) VALUES (1);
CREATE TRIGGER rights_session_ended AFTER DELETE ON session
BEGIN UPDATE rights SET version = version + 1; END;
CREATE TRIGGER rights_person_changed AFTER UPDATE OF role, disabled ON person
BEGIN UPDATE rights SET version = version + 1; END;
CREATE TRIGGER rights_key_removed AFTER DELETE ON gen_key
BEGIN UPDATE rights SET version = version + 1; END;
CREATE TRIGGER rights_agent_reached AFTER INSERT ON key_agent
BEGIN UPDATE rights SET version = version + 1; END;
CREATE TRIGGER rights_agent_lost AFTER DELETE ON key_agent
BEGIN UPDATE rights SET version = version + 1; END;
