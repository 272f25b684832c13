-- Setup: what an agent's core was before, what GEN watches for an agent, what a voice has read already, and the
-- log of our calls.

-- A core after each save, and as GEN had it where somebody else had changed it meanwhile: what was there before
-- can be looked at and restored.
CREATE TABLE core_snapshot (
    id        INTEGER PRIMARY KEY AUTOINCREMENT,
    agent_id  TEXT    NOT NULL,
    -- Who saved it here; null: it was found so at GEN.
    person_id INTEGER REFERENCES person (id) ON DELETE SET NULL,
    at        INTEGER NOT NULL,
    -- The labels of what differs from the snapshot before, as a list.
    changed   TEXT    NOT NULL CHECK (json_valid(changed)),
    json      TEXT    NOT NULL CHECK (json_valid(json))
) STRICT;
CREATE INDEX core_snapshot_by_agent ON core_snapshot (agent_id, id);

-- What a paid call that belongs to no cell sends, and what GEN answered: proposals for a voice are shown once, and
-- what a voice has read costs nothing a second time. State, cost and who asked stand in the ledger.
CREATE TABLE errand (
    work_id  TEXT    PRIMARY KEY REFERENCES work (id) ON DELETE CASCADE,
    agent_id TEXT    NOT NULL,
    -- Equal where the same would be bought again.
    hash     TEXT    NOT NULL,
    call     TEXT    NOT NULL CHECK (json_valid(call)),
    result   TEXT CHECK (result IS NULL OR json_valid(result))
) STRICT;
CREATE INDEX errand_by_agent ON errand (agent_id, hash);

-- GEN cannot list what it watches: this table is the list, by GEN's number.
CREATE TABLE monitoring (
    job_id     TEXT    PRIMARY KEY,
    agent_id   TEXT    NOT NULL,
    -- What is watched; null where the job was added by its number, for GEN does not say.
    spec       TEXT CHECK (spec IS NULL OR json_valid(spec)),
    -- What GEN said last, whole.
    job        TEXT CHECK (job IS NULL OR json_valid(job)),
    -- Who began it here or added it, and when.
    person_id  INTEGER REFERENCES person (id) ON DELETE SET NULL,
    added_at   INTEGER NOT NULL,
    checked_at INTEGER
) STRICT;
CREATE INDEX monitoring_by_agent ON monitoring (agent_id, added_at);

-- Our calls of GEN: the operation and the pattern of its path, never an address with ids, a body or a key.
CREATE TABLE api_call (
    id        INTEGER PRIMARY KEY AUTOINCREMENT,
    at        INTEGER NOT NULL,
    -- The key it went out with; only who may use the key sees the call.
    key_id    INTEGER NOT NULL REFERENCES gen_key (id) ON DELETE CASCADE,
    operation TEXT    NOT NULL,
    method    TEXT    NOT NULL,
    path      TEXT    NOT NULL,
    -- Null where GEN did not answer.
    status    INTEGER,
    code      TEXT,
    ms        INTEGER NOT NULL
) STRICT;
CREATE INDEX api_call_by_key ON api_call (key_id, id);
