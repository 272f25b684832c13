-- Vidsheets as people work on them by hand: what they did, so that they can take it back; what GEN does not have yet;
-- what they put away, which GEN cannot.

-- GEN can delete neither. A mark of ours, which no answer of GEN's takes back.
ALTER TABLE sheet_row ADD COLUMN archived_at INTEGER;
ALTER TABLE sheet_column ADD COLUMN archived_at INTEGER;

CREATE INDEX sheet_row_archived ON sheet_row (vidsheet_id, place) WHERE archived_at IS NOT NULL;

-- Null stands for the empty object.
ALTER TABLE sheet_row ADD COLUMN attributes TEXT CHECK (attributes IS NULL OR json_valid(attributes));
ALTER TABLE sheet_column ADD COLUMN description TEXT;

-- Who set the value that is there; null where GEN or somebody elsewhere did.
ALTER TABLE cell ADD COLUMN edited_by INTEGER;
ALTER TABLE cell ADD COLUMN edited_at INTEGER;

-- One act is one step back. What is undone stays in the history, and can be done again until its person acts anew.
CREATE TABLE sheet_act (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    vidsheet_id TEXT    NOT NULL REFERENCES vidsheet (id) ON DELETE CASCADE,
    person_id   INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    at          INTEGER NOT NULL,
    -- For people.
    what        TEXT    NOT NULL,
    -- What was before and what came after.
    steps       TEXT    NOT NULL CHECK (json_valid(steps)),
    undone_at   INTEGER
) STRICT;
CREATE INDEX sheet_act_by_vidsheet ON sheet_act (vidsheet_id, id);
CREATE INDEX sheet_act_by_person ON sheet_act (person_id, vidsheet_id, id);

-- Texts that GEN does not have. Kept until GEN has them or a person decides; never paid calls.
CREATE TABLE pending_edit (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    agent_id    TEXT    NOT NULL,
    vidsheet_id TEXT    NOT NULL REFERENCES vidsheet (id) ON DELETE CASCADE,
    cell_id     TEXT    NOT NULL REFERENCES cell (id) ON DELETE CASCADE,
    person_id   INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    at          INTEGER NOT NULL,
    value       TEXT    NOT NULL,
    -- What was at GEN when the first of these texts was typed: anything else there is somebody's newer work.
    seen        TEXT    NOT NULL,
    -- A list of texts that may have arrived without our hearing of it.
    tried       TEXT    NOT NULL DEFAULT '[]' CHECK (json_valid(tried)),
    -- How often GEN answered that it cannot, now.
    failures    INTEGER NOT NULL DEFAULT 0,
    stands      TEXT    NOT NULL DEFAULT 'waits' CHECK (stands IN ('waits', 'conflict', 'refused')),
    reason      TEXT
) STRICT;
CREATE UNIQUE INDEX pending_edit_waits ON pending_edit (cell_id) WHERE stands = 'waits';
CREATE INDEX pending_edit_by_vidsheet ON pending_edit (vidsheet_id);
CREATE INDEX pending_edit_by_cell ON pending_edit (cell_id);
