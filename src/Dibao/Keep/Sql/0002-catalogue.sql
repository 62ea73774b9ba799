-- What is kept: captures with their records in the segments, and the articles read from them.
-- All of it is a cache of the segments: `dibao rebuild` makes it again.

CREATE TABLE segments (
    id      INTEGER PRIMARY KEY,
    name    TEXT NOT NULL UNIQUE,                  -- file name without ".open"
    applied INTEGER NOT NULL DEFAULT 0             -- bytes whose captures are in this catalogue
) STRICT;

CREATE TABLE captures (
    id        INTEGER PRIMARY KEY,
    kind      INTEGER NOT NULL,                    -- CaptureKind
    url       TEXT NOT NULL,
    at        INTEGER NOT NULL,                    -- Unix milliseconds
    outlet_id INTEGER NOT NULL REFERENCES outlets(id),
    status    INTEGER,
    leaf      INTEGER NOT NULL UNIQUE,
    manifest  BLOB NOT NULL                        -- SHA-256 of the uncompressed manifest record
) STRICT;
CREATE INDEX captures_url ON captures(url, at);

CREATE TABLE records (
    capture_id INTEGER NOT NULL REFERENCES captures(id),
    ordinal    INTEGER NOT NULL,
    type       TEXT NOT NULL,
    segment_id INTEGER NOT NULL REFERENCES segments(id),
    offset     INTEGER NOT NULL,
    length     INTEGER NOT NULL,
    payload    BLOB,
    PRIMARY KEY (capture_id, ordinal)
) STRICT, WITHOUT ROWID;

-- Where each payload was kept first, so that the same bytes become a revisit.
CREATE TABLE payloads (
    digest     BLOB PRIMARY KEY,
    segment_id INTEGER NOT NULL REFERENCES segments(id),
    offset     INTEGER NOT NULL,
    length     INTEGER NOT NULL,
    record_id  TEXT NOT NULL,
    url        TEXT NOT NULL,
    at         INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE articles (
    id             INTEGER PRIMARY KEY,
    outlet_id      INTEGER NOT NULL REFERENCES outlets(id),
    url            TEXT NOT NULL,
    state          INTEGER NOT NULL,               -- ArticleState
    state_since    INTEGER NOT NULL,
    first_captured INTEGER NOT NULL,
    last_captured  INTEGER NOT NULL,
    number         INTEGER NOT NULL,
    version_count  INTEGER NOT NULL DEFAULT 0,
    current_id     INTEGER REFERENCES versions(id),
    newest         INTEGER NOT NULL,               -- published, or else first captured: the order of lists
    next_check     INTEGER,                        -- when its page is looked at again
    UNIQUE (outlet_id, url),
    UNIQUE (outlet_id, number)
) STRICT;
CREATE INDEX articles_newest ON articles(newest DESC, id DESC);
CREATE INDEX articles_outlet_newest ON articles(outlet_id, newest DESC, id DESC);
CREATE INDEX articles_url ON articles(url);
CREATE INDEX articles_check ON articles(next_check) WHERE next_check IS NOT NULL;

CREATE TABLE versions (
    id         INTEGER PRIMARY KEY,
    article_id INTEGER NOT NULL REFERENCES articles(id),
    ordinal    INTEGER NOT NULL,
    capture_id INTEGER NOT NULL REFERENCES captures(id),
    origin     INTEGER NOT NULL,                   -- VersionOrigin
    captured   INTEGER NOT NULL,
    title      TEXT NOT NULL,
    standfirst TEXT,
    lead       TEXT NOT NULL,                      -- how the text begins: lists read no bodies
    authors    TEXT NOT NULL,                      -- JSON array
    published  INTEGER,
    modified   INTEGER,
    language   TEXT,
    lead_image TEXT,
    sections   TEXT NOT NULL,                      -- JSON array
    wording    BLOB NOT NULL,
    UNIQUE (article_id, ordinal)
) STRICT;

-- Apart from versions, so that lists read no bodies.
CREATE TABLE bodies (
    version_id INTEGER PRIMARY KEY REFERENCES versions(id),
    html       BLOB NOT NULL,                      -- TextBlob: UTF-8 under DEFLATE
    text       BLOB NOT NULL                       -- TextBlob: UTF-8 under DEFLATE
) STRICT;
