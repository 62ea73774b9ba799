-- Rowids of the index are the articles' ids, which are dense: rowids in the order of time made it a quarter larger (Find/SearchBlock.cs).
-- Made anew, when the archive is opened next, from the texts of the articles that search_waiting lists (Find/SearchRefill.cs).

DROP TABLE search;
DROP TABLE search_documents;

CREATE VIRTUAL TABLE search USING fts5(
    body,                                          -- standfirst and text; first, since most hits are here and the first column costs nothing
    title,
    facts,                                         -- authors, and marks for outlet and language
    content = '', contentless_delete = 1, detail = full, tokenize = 'dibao'
);
-- What a transaction may hold in memory before it is written out.
INSERT INTO search(search, rank) VALUES ('hashsize', 67108864);
-- How many parts of about the same size are merged in quiet hours (Find/SearchMerge.cs).
INSERT INTO search(search, rank) VALUES ('usermerge', 2);

CREATE TABLE search_documents (
    article_id INTEGER PRIMARY KEY,                -- rowid in search
    version_id INTEGER NOT NULL,
    outlet_id  INTEGER NOT NULL,
    newest     INTEGER NOT NULL                    -- Unix milliseconds
) STRICT;

CREATE TABLE search_blocks (
    number INTEGER PRIMARY KEY,                    -- article_id / SearchBlock.Size
    oldest INTEGER NOT NULL,                       -- Unix milliseconds: no article of the block is older, and
    newest INTEGER NOT NULL                        -- none is newer
) STRICT;

CREATE TABLE search_waiting (
    article_id INTEGER PRIMARY KEY                 -- articles to be indexed before anybody searches
) STRICT;
INSERT INTO search_waiting SELECT a.id FROM articles a JOIN bodies b ON b.version_id = a.current_id;
