-- Which articles are one, which are kin, and which pictures they show. All of it follows from the captures.

-- Every address by which an article is known, as Capture/Identity/ArticleKey.cs reduces it.
CREATE TABLE article_keys (
    outlet_id  INTEGER NOT NULL REFERENCES outlets(id),
    key        TEXT NOT NULL,
    article_id INTEGER NOT NULL REFERENCES articles(id),
    PRIMARY KEY (outlet_id, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX article_keys_article ON article_keys(article_id);

-- Prints of the newest wordings (Capture/Identity/TextPrint.cs), and the bands that find those alike.
CREATE TABLE prints (
    article_id INTEGER PRIMARY KEY REFERENCES articles(id),
    print      BLOB NOT NULL
) STRICT;
CREATE TABLE print_bands (
    band       INTEGER NOT NULL,
    article_id INTEGER NOT NULL,
    PRIMARY KEY (band, article_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX print_bands_article ON print_bands(article_id);

-- Articles whose texts are nearly the same, both ways. Linked, never merged.
CREATE TABLE kin (
    article_id INTEGER NOT NULL REFERENCES articles(id),
    other_id   INTEGER NOT NULL REFERENCES articles(id),
    percent    INTEGER NOT NULL,                   -- estimated share of common shingles
    PRIMARY KEY (article_id, other_id)
) STRICT, WITHOUT ROWID;

-- Pictures and recordings by the address that articles have for them.
CREATE TABLE media (
    url        TEXT NOT NULL,
    capture_id INTEGER NOT NULL REFERENCES captures(id),
    payload    BLOB NOT NULL,
    type       TEXT NOT NULL,                      -- by the bytes
    length     INTEGER NOT NULL,
    PRIMARY KEY (url, capture_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX media_payload ON media(payload);
