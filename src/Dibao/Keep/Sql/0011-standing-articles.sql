-- What lists and counts hold, so that neither looks at every article for it.
CREATE INDEX articles_standing ON articles(outlet_id, newest) WHERE takedown_id IS NULL;
