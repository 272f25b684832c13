-- Around the grid: what people here say about a vidsheet and GEN does not know, what a new one is still to get, the
-- variables before each replacement, and views of a sheet.

-- What people here call it; GEN cannot rename a vidsheet.
ALTER TABLE vidsheet ADD COLUMN alias TEXT CHECK (alias <> '');
-- When it was put out of sight here; GEN cannot delete one.
ALTER TABLE vidsheet ADD COLUMN archived_at INTEGER;

CREATE TABLE vidsheet_label (
    vidsheet_id TEXT NOT NULL REFERENCES vidsheet (id) ON DELETE CASCADE,
    label       TEXT NOT NULL CHECK (label <> ''),
    PRIMARY KEY (vidsheet_id, label)
) STRICT, WITHOUT ROWID;

-- The columns and the number of rows that a new vidsheet was made for: GEN makes them one call at a time, so the rest
-- can be made later. Gone once all is there.
CREATE TABLE vidsheet_plan (
    vidsheet_id TEXT PRIMARY KEY REFERENCES vidsheet (id) ON DELETE CASCADE,
    columns     TEXT    NOT NULL CHECK (json_valid(columns)),
    rows        INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- The variables that were there before each replacement: GEN replaces them all and keeps nothing.
CREATE TABLE variable_snapshot (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    vidsheet_id TEXT    NOT NULL REFERENCES vidsheet (id) ON DELETE CASCADE,
    person_id   INTEGER REFERENCES person (id) ON DELETE SET NULL,
    json        TEXT    NOT NULL CHECK (json_valid(json)),
    at          INTEGER NOT NULL
) STRICT;
CREATE INDEX variable_snapshot_by_vidsheet ON variable_snapshot (vidsheet_id, id);

-- A way of looking at a sheet: what is hidden, sorted, filtered, grouped. The document is our own type.
CREATE TABLE sheet_view (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    vidsheet_id TEXT    NOT NULL REFERENCES vidsheet (id) ON DELETE CASCADE,
    -- Whose; null where the whole team sees it.
    person_id   INTEGER REFERENCES person (id) ON DELETE CASCADE,
    name        TEXT    NOT NULL CHECK (name <> ''),
    spec        TEXT    NOT NULL CHECK (json_valid(spec))
) STRICT;
CREATE UNIQUE INDEX sheet_view_by_name ON sheet_view (vidsheet_id, coalesce(person_id, 0), name);
