-- What is watched: outlets and their sources, and what each source has announced.

CREATE TABLE outlets (
    id       INTEGER PRIMARY KEY,
    slug     TEXT NOT NULL UNIQUE,
    name     TEXT NOT NULL,
    home_url TEXT,
    language TEXT
) STRICT;

CREATE TABLE sources (
    id            INTEGER PRIMARY KEY,
    outlet_id     INTEGER NOT NULL REFERENCES outlets(id),
    url           TEXT NOT NULL UNIQUE,
    title         TEXT,
    state         INTEGER NOT NULL DEFAULT 0,      -- SourceState
    -- Polling, all times in Unix milliseconds. Lost in a rebuild on purpose: the next poll fills it again.
    etag          TEXT,
    last_modified TEXT,
    payload       BLOB,                            -- SHA-256 of the last answer's body: servers without ETags repeat themselves
    last_attempt  INTEGER,
    last_success  INTEGER,
    last_error    TEXT,
    failures      INTEGER NOT NULL DEFAULT 0,
    next_poll     INTEGER,
    moved_to      TEXT,                            -- where permanent redirects agree it went
    moved_answers INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX sources_due ON sources(next_poll) WHERE state = 0;

-- One row an entry a source has announced: what is new, and what has changed since.
CREATE TABLE sightings (
    source_id   INTEGER NOT NULL REFERENCES sources(id),
    entry_id    TEXT NOT NULL,
    url         TEXT NOT NULL,
    fingerprint BLOB NOT NULL,
    first_seen  INTEGER NOT NULL,
    last_seen   INTEGER NOT NULL,
    announced   INTEGER NOT NULL,                  -- published as the feed says, or else first_seen: the source's rhythm
    PRIMARY KEY (source_id, entry_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX sightings_url ON sightings(url);
CREATE INDEX sightings_announced ON sightings(source_id, announced DESC);
