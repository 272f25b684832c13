-- The studio: our copy of what GEN holds, and the history of paid work that GEN does not list.
--
-- Ids are GEN's own, as text, because GEN sends both numbers and text for the same noun. Times are
-- milliseconds since 1970. A document is the JSON of our own type for one noun, with every media URL
-- already replaced by our media id; what a query filters or sorts by is a column beside it.
-- Nothing here is deleted because an answer of GEN's left it out: it is hidden, so that a partial
-- answer costs nothing.

-- What is only ever read whole: cores, organizations, voice lists, threads, messages, templates.
CREATE TABLE document (
    noun TEXT NOT NULL,
    id   TEXT NOT NULL,
    json TEXT NOT NULL CHECK (json_valid(json)),
    PRIMARY KEY (noun, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE agent (
    id              TEXT PRIMARY KEY,
    organization_id TEXT,
    -- The list and the detail of GEN differ in what they carry; the newest value of each field stays.
    json            TEXT NOT NULL CHECK (json_valid(json)),
    seen_at         INTEGER NOT NULL
) STRICT;

CREATE TABLE idea (
    id       TEXT PRIMARY KEY,
    agent_id TEXT NOT NULL,
    status   TEXT NOT NULL,
    json     TEXT NOT NULL CHECK (json_valid(json)),
    -- GEN's own order: newest first is a question of place, since its times may be missing.
    place    INTEGER NOT NULL,
    hidden   INTEGER NOT NULL DEFAULT 0 CHECK (hidden IN (0, 1))
) STRICT;
CREATE INDEX idea_by_agent ON idea (agent_id, hidden, place);

-- GEN cannot list vidsheets: this table is the list. The agent is kept because GEN's own record omits it (D44).
CREATE TABLE vidsheet (
    id         TEXT PRIMARY KEY,
    agent_id   TEXT NOT NULL,
    title      TEXT NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX vidsheet_by_agent ON vidsheet (agent_id, updated_at);

-- "column" and "row" are words of SQL, hence the prefix.
CREATE TABLE sheet_column (
    id          TEXT PRIMARY KEY,
    vidsheet_id TEXT NOT NULL REFERENCES vidsheet (id) ON DELETE CASCADE,
    title       TEXT NOT NULL,
    kind        TEXT NOT NULL,
    role        TEXT NOT NULL CHECK (role IN ('ingredient', 'video', 'final_video', 'stats', 'global_variable')),
    -- Ours, from zero without gaps; GEN's base varies and is kept as `position`.
    place       INTEGER NOT NULL,
    position    REAL,
    hidden      INTEGER NOT NULL DEFAULT 0 CHECK (hidden IN (0, 1))
) STRICT;
CREATE INDEX sheet_column_by_vidsheet ON sheet_column (vidsheet_id, place);

CREATE TABLE sheet_row (
    id          TEXT PRIMARY KEY,
    vidsheet_id TEXT NOT NULL REFERENCES vidsheet (id) ON DELETE CASCADE,
    place       INTEGER NOT NULL,
    position    REAL,
    cost        REAL,
    hidden      INTEGER NOT NULL DEFAULT 0 CHECK (hidden IN (0, 1))
) STRICT;
CREATE INDEX sheet_row_by_vidsheet ON sheet_row (vidsheet_id, place);

CREATE TABLE cell (
    id                 TEXT PRIMARY KEY,
    vidsheet_id        TEXT NOT NULL REFERENCES vidsheet (id) ON DELETE CASCADE,
    row_id             TEXT NOT NULL REFERENCES sheet_row (id) ON DELETE CASCADE,
    -- Null where GEN did not say and could not be guessed (D21).
    column_id          TEXT,
    place              INTEGER NOT NULL,
    value              TEXT,
    -- Null stands for the empty object and list: most cells have neither, and a sheet has many cells.
    attributes         TEXT CHECK (attributes IS NULL OR json_valid(attributes)),
    layers             TEXT CHECK (layers IS NULL OR json_valid(layers)),
    default_generation TEXT,
    cost               REAL
) STRICT;
CREATE INDEX cell_by_vidsheet ON cell (vidsheet_id);
CREATE INDEX cell_by_row ON cell (row_id, place);

-- Every generation ever seen. The ones of a cell are its takes, and they stay when GEN forgets them.
CREATE TABLE generation (
    id          TEXT PRIMARY KEY,
    vidsheet_id TEXT NOT NULL,
    cell_id     TEXT NOT NULL,
    status      TEXT NOT NULL,
    json        TEXT NOT NULL CHECK (json_valid(json)),
    seen_at     INTEGER NOT NULL
) STRICT;
CREATE INDEX generation_by_vidsheet ON generation (vidsheet_id);
CREATE INDEX generation_by_cell ON generation (cell_id);

-- What ended stays ended: a late or reordered answer of GEN's must not wake it up. Only a stopped
-- generation may start again, because a person can continue it.
CREATE TRIGGER generation_keeps_its_end
BEFORE UPDATE OF status ON generation
WHEN (OLD.status IN ('completed', 'failed') AND NEW.status <> OLD.status)
  OR (OLD.status = 'stopped' AND NEW.status NOT IN ('stopped', 'pending', 'processing', 'completed'))
BEGIN
    SELECT RAISE(ABORT, 'a generation that has ended cannot change');
END;

-- The ledger: every paid call, written down before it is sent. No foreign keys to the sheet on purpose:
-- this history outlives what it was made for.
CREATE TABLE work (
    -- A UUID of ours, which is also the idempotency key.
    id                TEXT PRIMARY KEY,
    kind              TEXT NOT NULL CHECK (kind IN ('generation', 'render', 'run')),
    agent_id          TEXT NOT NULL,
    vidsheet_id       TEXT,
    row_id            TEXT,
    cell_id           TEXT,
    -- The key that pays, and the person who asked; null where it was started elsewhere.
    key_id            INTEGER,
    person_id         INTEGER,
    generation_type   TEXT,
    model             TEXT,
    card              TEXT CHECK (card IS NULL OR json_valid(card)),
    -- SHA-256 of what was sent, so that two records can be compared when a charge is disputed.
    body_hash         TEXT NOT NULL,
    -- `sending` is committed before a byte leaves. After a crash it means: it may have been charged.
    state             TEXT NOT NULL CHECK (state IN ('queued', 'sending', 'pending', 'processing', 'completed',
                                                     'failed', 'stopped', 'refused', 'not_sent', 'unknown')),
    -- GEN's number for the generation or the run, once it accepted it.
    upstream_id       TEXT,
    estimate          REAL,
    cost              REAL,
    reason            TEXT,
    error_code        TEXT,
    started_at        INTEGER NOT NULL,
    settled_at        INTEGER,
    -- When to look at GEN again; null when there is nothing to wait for.
    next_poll_at      INTEGER,
    poll_ms           INTEGER NOT NULL DEFAULT 0,
    -- Looks in a row that found nothing.
    misses            INTEGER NOT NULL DEFAULT 0,
    -- The newest generation of the cell (by rowid) when this was sent: whatever is newer may be this one.
    takes_before      INTEGER NOT NULL DEFAULT 0,
    -- Of runs only.
    message           TEXT,
    conversation_id   TEXT,
    awaiting_approval INTEGER NOT NULL DEFAULT 0 CHECK (awaiting_approval IN (0, 1)),
    reply             TEXT,
    CHECK ((kind = 'run') = (cell_id IS NULL)),
    CHECK (kind <> 'run' OR message IS NOT NULL)
) STRICT;
CREATE UNIQUE INDEX work_by_upstream ON work (kind = 'run', upstream_id) WHERE upstream_id IS NOT NULL;
CREATE INDEX work_by_agent ON work (agent_id, started_at);
CREATE INDEX work_by_vidsheet ON work (vidsheet_id);
CREATE INDEX work_by_cell ON work (cell_id, started_at);
CREATE INDEX work_due ON work (next_poll_at) WHERE next_poll_at IS NOT NULL;
-- At most one call per cell is on its way, whatever two requests do at once. Two may run there all the same: a
-- lost call can turn up again after a person sent another.
CREATE UNIQUE INDEX work_one_per_cell ON work (cell_id) WHERE cell_id IS NOT NULL AND state IN ('queued', 'sending');

CREATE TRIGGER work_keeps_its_end
BEFORE UPDATE OF state ON work
WHEN (OLD.state IN ('completed', 'failed', 'refused', 'not_sent') AND NEW.state <> OLD.state)
  OR (OLD.state = 'stopped' AND NEW.state NOT IN ('stopped', 'sending', 'pending'))
BEGIN
    SELECT RAISE(ABORT, 'work that has ended cannot change');
END;
