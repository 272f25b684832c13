-- Ideas from trend to row: what people here say and decide about an idea, and which row of which vidsheet it became.
-- GEN knows none of this. No foreign keys to ideas and vidsheets on purpose: this history outlives GEN's lists.

-- A conversation is kept with its title and runs from now on; the copies of before hold messages only.
DELETE FROM document WHERE noun = 'messages';
DELETE FROM fetched WHERE noun = 'messages';

-- Who takes care of an idea; at most one person.
CREATE TABLE idea_assignee (
    agent_id  TEXT    NOT NULL,
    idea_id   TEXT    NOT NULL,
    person_id INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    PRIMARY KEY (agent_id, idea_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE idea_comment (
    id        INTEGER PRIMARY KEY AUTOINCREMENT,
    agent_id  TEXT    NOT NULL,
    idea_id   TEXT    NOT NULL,
    -- Null when that person's account is gone; what they wrote stays.
    person_id INTEGER REFERENCES person (id) ON DELETE SET NULL,
    text      TEXT    NOT NULL CHECK (text <> ''),
    at        INTEGER NOT NULL
) STRICT;
CREATE INDEX idea_comment_by_idea ON idea_comment (agent_id, idea_id);

-- Every change of status that was made here.
CREATE TABLE idea_move (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    agent_id    TEXT    NOT NULL,
    idea_id     TEXT    NOT NULL,
    person_id   INTEGER REFERENCES person (id) ON DELETE SET NULL,
    from_status TEXT    NOT NULL,
    to_status   TEXT    NOT NULL,
    at          INTEGER NOT NULL
) STRICT;
CREATE INDEX idea_move_by_idea ON idea_move (agent_id, idea_id);

-- What a finished research said, kept when GEN forgets the run; `work` has the topic and who asked.
CREATE TABLE research_report (
    work_id TEXT PRIMARY KEY,
    json    TEXT NOT NULL CHECK (json_valid(json))
) STRICT;

-- Which part of an idea goes under which column, as last decided for a template or a vidsheet.
CREATE TABLE column_mapping (
    agent_id TEXT NOT NULL,
    -- 'template/' and a slug, or 'vidsheet/' and an id.
    target   TEXT NOT NULL,
    json     TEXT NOT NULL CHECK (json_valid(json)),
    PRIMARY KEY (agent_id, target)
) STRICT, WITHOUT ROWID;

-- The plan of turning ideas into rows, written down before the first call, so that it can go on where it stopped.
CREATE TABLE conversion (
    id          TEXT    PRIMARY KEY,
    agent_id    TEXT    NOT NULL,
    person_id   INTEGER REFERENCES person (id) ON DELETE SET NULL,
    -- Made by the browser for each yes, so that the same yes sent twice is one conversion.
    request     TEXT    NOT NULL,
    -- The template to clone; null where an existing vidsheet is used.
    template    TEXT,
    -- Null until the clone is made.
    vidsheet_id TEXT,
    mapping     TEXT    NOT NULL CHECK (json_valid(mapping)),
    -- Where its ideas go on the board; null: they stay.
    status      TEXT,
    -- The rows that were there before the first one was made: an empty row that is not among them is one whose
    -- making was not heard of, and is used before another is made.
    rows_before TEXT    CHECK (rows_before IS NULL OR json_valid(rows_before)),
    -- Why it stands still.
    trouble     TEXT,
    started_at  INTEGER NOT NULL,
    ended_at    INTEGER,
    UNIQUE (person_id, request),
    CHECK (template IS NOT NULL OR vidsheet_id IS NOT NULL)
) STRICT;
CREATE INDEX conversion_by_agent ON conversion (agent_id, started_at);

-- How far each idea of a plan has come. One row each: a row that is taken is never taken again.
CREATE TABLE conversion_idea (
    conversion_id TEXT    NOT NULL REFERENCES conversion (id) ON DELETE CASCADE,
    idea_id       TEXT    NOT NULL,
    place         INTEGER NOT NULL,
    row_id        TEXT    UNIQUE,
    filled        INTEGER NOT NULL DEFAULT 0 CHECK (filled IN (0, 1)),
    moved         INTEGER NOT NULL DEFAULT 0 CHECK (moved IN (0, 1)),
    PRIMARY KEY (conversion_id, idea_id),
    CHECK (row_id IS NOT NULL OR (filled = 0 AND moved = 0))
) STRICT, WITHOUT ROWID;
CREATE INDEX conversion_idea_by_idea ON conversion_idea (idea_id) WHERE row_id IS NOT NULL;
