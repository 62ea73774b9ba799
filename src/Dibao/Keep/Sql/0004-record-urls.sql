-- Under which address and when each record was captured: a page, the redirect before it, a picture on it. See UrlKey.
ALTER TABLE records ADD COLUMN url_key INTEGER;    -- null: not known yet; 0: nobody asks for it by an address
ALTER TABLE records ADD COLUMN at INTEGER;         -- Unix milliseconds
CREATE INDEX records_url ON records(url_key, at) WHERE url_key > 0;
CREATE INDEX records_without_url ON records(capture_id) WHERE url_key IS NULL;
