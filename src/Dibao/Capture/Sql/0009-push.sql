-- WebSub: which hubs promised to tell when a source has news. Lost in a rebuild on purpose: the next poll asks again.

CREATE TABLE subscriptions (
    source_id   INTEGER PRIMARY KEY REFERENCES sources(id),
    token       TEXT NOT NULL UNIQUE,              -- last part of the callback's address; whoever knows it is the hub
    topic       TEXT NOT NULL,
    hub         TEXT NOT NULL,
    secret      TEXT NOT NULL,                     -- key of the hub's signatures
    state       INTEGER NOT NULL DEFAULT 0,        -- SubscriptionState
    lease_until INTEGER,                           -- Unix milliseconds; null until confirmed
    attempts    INTEGER NOT NULL DEFAULT 0,        -- in a row that were not confirmed
    next_ask    INTEGER NOT NULL,                  -- Unix milliseconds: when the hub is asked (again)
    pushed      INTEGER NOT NULL DEFAULT 0,        -- 1 from a push to the poll that it caused
    missed      INTEGER NOT NULL DEFAULT 0         -- polls in a row that found news the hub had not told
) STRICT;
CREATE INDEX subscriptions_due ON subscriptions(next_ask);
