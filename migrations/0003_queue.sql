-- The queue: paid work that waits here before GEN sees anything, in an order that people can change, within caps
-- that admins set.

-- Many pieces of work that were started together, by one yes of a person.
CREATE TABLE batch (
    id          TEXT    PRIMARY KEY,
    person_id   INTEGER NOT NULL,
    agent_id    TEXT    NOT NULL,
    vidsheet_id TEXT    NOT NULL,
    paused      INTEGER NOT NULL DEFAULT 0 CHECK (paused IN (0, 1)),
    -- Why it paused itself; null when a person did.
    reason      TEXT,
    started_at  INTEGER NOT NULL,
    -- Made by the browser for each yes, so that the same yes sent twice is one batch.
    request     TEXT    NOT NULL,
    UNIQUE (person_id, request)
) STRICT;

-- Whose work waits until they go on.
CREATE TABLE queue_pause (
    person_id INTEGER PRIMARY KEY REFERENCES person (id) ON DELETE CASCADE
) STRICT;

-- Credits a day of UTC: for everybody together, for each person without a cap of their own, for one person.
CREATE TABLE spend_cap (
    scope   TEXT PRIMARY KEY CHECK (scope IN ('team', 'each') OR scope GLOB 'person/[0-9]*'),
    credits REAL NOT NULL CHECK (credits >= 0)
) STRICT;

-- SQLite cannot change a CHECK, so the ledger is rebuilt. New: the state `held`, kinds without a cell beyond runs,
-- the place in the queue, what an estimate is made of, and what was known when the call left.
CREATE TABLE work_rebuilt (
    -- A UUID of ours, which is also the idempotency key.
    id                TEXT PRIMARY KEY,
    -- 'generation' and 'render' belong to a cell; every other kind does not.
    kind              TEXT NOT NULL CHECK (kind <> ''),
    agent_id          TEXT NOT NULL,
    vidsheet_id       TEXT,
    row_id            TEXT,
    cell_id           TEXT,
    -- The key that pays, and the person who asked; null where it was started elsewhere.
    key_id            INTEGER,
    person_id         INTEGER,
    batch_id          TEXT,
    -- Made by the browser for each click where no cell keeps a second one away.
    request           TEXT,
    generation_type   TEXT,
    model             TEXT,
    seconds           INTEGER,
    aspect_ratio      TEXT,
    card              TEXT CHECK (card IS NULL OR json_valid(card)),
    -- SHA-256 of what was sent: equal for the same cell and the same settings.
    body_hash         TEXT NOT NULL,
    -- `held` and `queued`: GEN has seen nothing. `sending` is committed before a byte leaves; after a crash it
    -- means: it may have been charged.
    state             TEXT NOT NULL CHECK (state IN ('held', 'queued', 'sending', 'pending', 'processing', 'completed',
                                                     'failed', 'stopped', 'refused', 'not_sent', 'unknown')),
    -- The place in the queue, small first; numbers between two are free for what is moved there.
    rank              REAL NOT NULL DEFAULT 0,
    -- GEN's number for the generation or the run, once it accepted it.
    upstream_id       TEXT,
    estimate          REAL,
    cost              REAL,
    -- What GEN says of the credits of what failed or was stopped.
    refund            TEXT CHECK (refund IN ('verified', 'missing', 'unsaid')),
    -- How long the same took before, when this was written down; milliseconds.
    p50_ms            INTEGER,
    p90_ms            INTEGER,
    reason            TEXT,
    error_code        TEXT,
    started_at        INTEGER NOT NULL,
    sent_at           INTEGER,
    settled_at        INTEGER,
    -- When to look at GEN again; null when there is nothing to wait for.
    next_poll_at      INTEGER,
    poll_ms           INTEGER NOT NULL DEFAULT 0,
    -- Looks in a row that found nothing.
    misses            INTEGER NOT NULL DEFAULT 0,
    -- The newest generation of the cell (by rowid) when this was sent: whatever is newer may be this one.
    takes_before      INTEGER NOT NULL DEFAULT 0,
    -- The organization's credits by GEN's last word before this was sent.
    balance_before    REAL,
    -- What it is about where there is no cell: of a run, what was asked.
    message           TEXT,
    conversation_id   TEXT,
    awaiting_approval INTEGER NOT NULL DEFAULT 0 CHECK (awaiting_approval IN (0, 1)),
    reply             TEXT,
    CHECK ((kind IN ('generation', 'render')) = (cell_id IS NOT NULL)),
    CHECK (cell_id IS NOT NULL OR message IS NOT NULL),
    UNIQUE (person_id, request)
) STRICT;

INSERT INTO work_rebuilt (id, kind, agent_id, vidsheet_id, row_id, cell_id, key_id, person_id, generation_type, model,
                          card, body_hash, state, upstream_id, estimate, cost, reason, error_code, started_at, settled_at,
                          next_poll_at, poll_ms, misses, takes_before, message, conversation_id, awaiting_approval, reply)
SELECT id, kind, agent_id, vidsheet_id, row_id, cell_id, key_id, person_id, generation_type, model,
       card, body_hash, state, upstream_id, estimate, cost, reason, error_code, started_at, settled_at,
       next_poll_at, poll_ms, misses, takes_before, message, conversation_id, awaiting_approval, reply
FROM work ORDER BY rowid;
DROP TABLE work;
ALTER TABLE work_rebuilt RENAME TO work;

-- Generations and renders share GEN's numbers; every other kind has numbers of its own.
CREATE UNIQUE INDEX work_by_upstream
    ON work (CASE WHEN kind IN ('generation', 'render') THEN 'generation' ELSE kind END, upstream_id)
    WHERE upstream_id IS NOT NULL;
CREATE INDEX work_by_agent ON work (agent_id, started_at);
CREATE INDEX work_by_vidsheet ON work (vidsheet_id);
CREATE INDEX work_by_cell ON work (cell_id, started_at);
CREATE INDEX work_by_batch ON work (batch_id) WHERE batch_id IS NOT NULL;
CREATE INDEX work_due ON work (next_poll_at) WHERE next_poll_at IS NOT NULL;
CREATE INDEX work_open ON work (state, rank) WHERE state IN ('held', 'queued', 'sending', 'pending', 'processing', 'unknown');
CREATE INDEX work_by_settings ON work (kind, generation_type, model, started_at) WHERE state = 'completed';
CREATE INDEX work_by_day ON work (started_at);
-- At most one call per cell is on its way, whatever two requests do at once. Two may run there all the same: a
-- lost call can turn up again after a person sent another.
CREATE UNIQUE INDEX work_one_per_cell ON work (cell_id)
    WHERE cell_id IS NOT NULL AND state IN ('held', 'queued', 'sending');

CREATE TRIGGER work_keeps_its_end
BEFORE UPDATE OF state ON work
WHEN (OLD.state IN ('completed', 'failed', 'refused', 'not_sent') AND NEW.state <> OLD.state)
  OR (OLD.state = 'stopped' AND NEW.state NOT IN ('stopped', 'sending', 'pending'))
BEGIN
    SELECT RAISE(ABORT, 'work that has ended cannot change');
END;
