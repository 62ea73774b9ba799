-- The search index: made from the catalogue, so it may be dropped and built again at any time.
-- Contentless: the words lie in the bodies, compressed; this table holds only what leads to them.
-- The tokenizer is Dibao's own (Find/SearchTokenizer.cs), registered on every connection.

CREATE VIRTUAL TABLE search USING fts5(
    body,                                          -- standfirst and text; first, since most hits are here
    title,
    facts,                                         -- authors, and marks for outlet and language
    content = '', contentless_delete = 1, detail = full, tokenize = 'dibao'
);
-- What a transaction may hold in memory before it is written out.
INSERT INTO search(search, rank) VALUES ('hashsize', 67108864);

CREATE TABLE search_documents (
    position   INTEGER PRIMARY KEY,                -- rowid in search, in the order of time (Find/SearchPosition.cs)
    article_id INTEGER NOT NULL UNIQUE,
    version_id INTEGER NOT NULL,
    outlet_id  INTEGER NOT NULL,
    newest     INTEGER NOT NULL                    -- Unix milliseconds
) STRICT;
