-- People, their sessions, GEN keys, and the bookkeeping that every noun shares.
-- All times are milliseconds since 1970 in UTC.

CREATE TABLE person (
    -- AUTOINCREMENT, here and below: a number that belonged to somebody is never given to another.
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    email         TEXT    NOT NULL UNIQUE CHECK (email = lower(trim(email)) AND length(email) BETWEEN 3 AND 254),
    name          TEXT    NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
    role          TEXT    NOT NULL CHECK (role IN ('viewer', 'editor', 'admin')),
    password_hash TEXT    NOT NULL CHECK (password_hash LIKE '$argon2id$%'),
    disabled      INTEGER NOT NULL DEFAULT 0 CHECK (disabled IN (0, 1)),
    created_at    INTEGER NOT NULL
) STRICT;

-- The token itself is kept nowhere: a copied database gives nobody a session.
CREATE TABLE session (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    token_hash BLOB    NOT NULL UNIQUE CHECK (length(token_hash) = 32),
    person_id  INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    created_at INTEGER NOT NULL,
    seen_at    INTEGER NOT NULL
) STRICT;
CREATE INDEX session_of_person ON session (person_id);

-- At most one: the one-time key that makes the first admin.
CREATE TABLE boot_key (
    id         INTEGER PRIMARY KEY CHECK (id = 1),
    key_hash   BLOB    NOT NULL CHECK (length(key_hash) = 32),
    expires_at INTEGER NOT NULL
) STRICT;

-- A constant, sealed with each master key. A ring that cannot open it is not the ring of this database.
CREATE TABLE master_key (
    kid         TEXT NOT NULL PRIMARY KEY,
    check_value BLOB NOT NULL
) STRICT;

CREATE TABLE gen_key (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    -- Without an owner it is the team's shared key.
    owner_id     INTEGER REFERENCES person (id) ON DELETE CASCADE,
    label        TEXT    NOT NULL CHECK (length(label) BETWEEN 1 AND 60),
    last4        TEXT    NOT NULL CHECK (length(last4) <= 4),
    kid          TEXT    NOT NULL REFERENCES master_key (kid),
    sealed       BLOB    NOT NULL,
    refused      INTEGER NOT NULL DEFAULT 0 CHECK (refused IN (0, 1)),
    last_used_at INTEGER,
    created_at   INTEGER NOT NULL
) STRICT;
CREATE INDEX gen_key_of_owner ON gen_key (owner_id);

-- Which agents GEN showed to which key. Nothing is asked of GEN for an agent that is not in here.
CREATE TABLE key_agent (
    key_id   INTEGER NOT NULL REFERENCES gen_key (id) ON DELETE CASCADE,
    agent_id TEXT    NOT NULL,
    PRIMARY KEY (key_id, agent_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX key_agent_by_agent ON key_agent (agent_id);

-- The one definition of who reaches which agent, and by which key.
CREATE VIEW reach AS
SELECT person.id               AS person_id,
       key_agent.agent_id      AS agent_id,
       gen_key.id              AS key_id,
       gen_key.owner_id IS NULL AS shared,
       gen_key.refused         AS refused
FROM key_agent
JOIN gen_key ON gen_key.id = key_agent.key_id
JOIN person ON gen_key.owner_id IS NULL OR gen_key.owner_id = person.id;

-- The news that open pages listen for: ids only, kept for a day.
CREATE TABLE change (
    seq      INTEGER PRIMARY KEY AUTOINCREMENT,
    topic    TEXT    NOT NULL CHECK (json_valid(topic)),
    -- NULL: of interest to everybody.
    agent_id TEXT,
    at       INTEGER NOT NULL
) STRICT;
CREATE INDEX change_by_age ON change (at);

-- When GEN last told us about a noun, and since when it does not any more.
CREATE TABLE fetched (
    noun         TEXT    NOT NULL,
    id           TEXT    NOT NULL,
    -- Last success; NULL when there was none.
    at           INTEGER,
    -- Last attempt of either outcome.
    tried_at     INTEGER,
    failed_since INTEGER,
    failure      TEXT CHECK (failure IS NULL OR json_valid(failure)),
    -- Grows with every write of the noun, so that an answer asked for before the write is not kept.
    turn         INTEGER NOT NULL DEFAULT 0,
    -- The copy is known to be behind, whatever its age.
    outdated     INTEGER NOT NULL DEFAULT 0 CHECK (outdated IN (0, 1)),
    PRIMARY KEY (noun, id),
    CHECK ((failed_since IS NULL) = (failure IS NULL))
) STRICT, WITHOUT ROWID;

-- GEN's media by the id that stands for the URL in the browser.
CREATE TABLE media (
    id  TEXT NOT NULL PRIMARY KEY CHECK (length(id) = 32),
    url TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Who may see it: people who reach one of these agents; everybody where the agent is ''.
CREATE TABLE media_agent (
    media_id TEXT NOT NULL REFERENCES media (id) ON DELETE CASCADE,
    agent_id TEXT NOT NULL,
    PRIMARY KEY (media_id, agent_id)
) STRICT, WITHOUT ROWID;
