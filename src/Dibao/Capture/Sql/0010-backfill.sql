-- Past articles that are fetched a few each day. Which were asked for, and how far it is; what was kept stands in the captures.

CREATE TABLE backfills (
    source_id INTEGER PRIMARY KEY REFERENCES sources(id),
    since     INTEGER NOT NULL,
    per_day   INTEGER NOT NULL,
    began     INTEGER NOT NULL,
    listed    INTEGER,                             -- when the list of past articles was made; null while it is to be made
    day       INTEGER NOT NULL DEFAULT 0,          -- days since 1970 in UTC: the one that taken counts
    taken     INTEGER NOT NULL DEFAULT 0,
    ended     INTEGER,
    words     TEXT                                 -- what went wrong with the list
) STRICT;

CREATE TABLE backfill_items (
    source_id INTEGER NOT NULL REFERENCES backfills(source_id),
    key       TEXT NOT NULL,                       -- ArticleKey
    url       TEXT NOT NULL,
    title     TEXT,
    published INTEGER NOT NULL,                    -- 0 where nothing says it
    state     INTEGER NOT NULL DEFAULT 0,          -- BackfillState
    why       TEXT,
    PRIMARY KEY (source_id, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX backfill_waiting ON backfill_items(source_id, published DESC) WHERE state = 0;
