-- What recurs on the pages of a source. The last pages it is learned from, each as the prints of its blocks; lost in a rebuild like all polling state.

CREATE TABLE template_pages (
    source_id INTEGER NOT NULL REFERENCES sources(id),
    key       TEXT NOT NULL,                       -- ArticleKey
    at        INTEGER NOT NULL,
    prints    BLOB NOT NULL,                       -- 8 bytes a block, little-endian
    PRIMARY KEY (source_id, key)
) STRICT, WITHOUT ROWID;

CREATE TABLE templates (
    source_id INTEGER PRIMARY KEY REFERENCES sources(id),
    template  TEXT NOT NULL                        -- as SiteTemplate writes it
) STRICT;

-- What each article was read with, from its captures: a later look reads with the same, so that learning is no change of the article.
CREATE TABLE article_templates (
    key      TEXT PRIMARY KEY,                     -- ArticleKey
    template TEXT NOT NULL
) STRICT, WITHOUT ROWID;
