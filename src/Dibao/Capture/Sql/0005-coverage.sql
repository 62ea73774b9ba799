-- The coverage ledger: what became of everything a source announced, when sources were in trouble, and when the archive itself was down.

ALTER TABLE sources ADD COLUMN kind INTEGER NOT NULL DEFAULT 0;      -- SourceKind
ALTER TABLE sources ADD COLUMN selector TEXT;                        -- CSS: the links of a list page, where the operator says which
ALTER TABLE sources ADD COLUMN last_failure INTEGER NOT NULL DEFAULT 0; -- FailureKind, with last_error

ALTER TABLE sightings ADD COLUMN key TEXT NOT NULL DEFAULT '';        -- ArticleKey of url
ALTER TABLE sightings ADD COLUMN title TEXT;
ALTER TABLE sightings ADD COLUMN state INTEGER NOT NULL DEFAULT 0;   -- CoverageState
ALTER TABLE sightings ADD COLUMN failure INTEGER NOT NULL DEFAULT 0; -- FailureKind, with why
ALTER TABLE sightings ADD COLUMN why TEXT;
ALTER TABLE sightings ADD COLUMN attempts INTEGER NOT NULL DEFAULT 0;
UPDATE sightings SET key = url;
DROP INDEX sightings_url;
CREATE INDEX sightings_key ON sightings(key);
CREATE INDEX sightings_seen ON sightings(source_id, first_seen);
CREATE INDEX sightings_open ON sightings(source_id) WHERE state IN (2, 3);
CREATE INDEX sightings_missed ON sightings(first_seen) WHERE state IN (3, 4);

-- One row for each stretch of time in which a source could not be read, from the first failure to the next success.
CREATE TABLE troubles (
    id        INTEGER PRIMARY KEY,
    source_id INTEGER NOT NULL REFERENCES sources(id),
    began     INTEGER NOT NULL,
    last      INTEGER NOT NULL,
    ended     INTEGER,                                                 -- null while it goes on
    attempts  INTEGER NOT NULL,
    failure   INTEGER NOT NULL,                                        -- FailureKind, of the last attempt
    words     TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX troubles_open ON troubles(source_id) WHERE ended IS NULL;
CREATE INDEX troubles_began ON troubles(source_id, began);

-- When this archive was capturing. What lies between two rows is a gap of its own making.
CREATE TABLE uptime (
    began INTEGER PRIMARY KEY,
    last  INTEGER NOT NULL                                             -- the last sign of life
) STRICT;

-- Which text is the better one of a source: its feed's or its pages'.
CREATE TABLE text_samples (
    source_id INTEGER NOT NULL REFERENCES sources(id),
    entry_id  TEXT NOT NULL,
    at        INTEGER NOT NULL,
    page      INTEGER NOT NULL,                                        -- characters
    feed      INTEGER NOT NULL,
    clutter   INTEGER NOT NULL,                                        -- of the page's, those that stand on other pages, too
    PRIMARY KEY (source_id, entry_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE text_lines (
    source_id INTEGER NOT NULL REFERENCES sources(id),
    line      INTEGER NOT NULL,                                        -- the first 64 bits of its SHA-256
    pages     INTEGER NOT NULL,
    last      TEXT NOT NULL,                                           -- the entry that last had it
    PRIMARY KEY (source_id, line)
) STRICT, WITHOUT ROWID;
