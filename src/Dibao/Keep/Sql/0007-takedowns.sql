-- What was removed, and why. The orders themselves are captures in the segments.

CREATE TABLE takedowns (
    capture_id INTEGER PRIMARY KEY REFERENCES captures(id),
    cause      INTEGER NOT NULL,                   -- TakedownCause
    reason     TEXT NOT NULL,
    done       INTEGER NOT NULL DEFAULT 0          -- the bytes are overwritten in the segments
) STRICT;

ALTER TABLE articles ADD COLUMN takedown_id INTEGER REFERENCES takedowns(capture_id);

-- Where the article's address led when its page was first captured: '' when it answered itself, null when it never did.
ALTER TABLE articles ADD COLUMN answers_at TEXT;

-- Who would be left without a payload.
CREATE INDEX records_revisits ON records(payload) WHERE type = 'revisit';
