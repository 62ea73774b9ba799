-- Which article each capture was of, under whatever address: all of them go when it is taken down.
ALTER TABLE captures ADD COLUMN article_id INTEGER REFERENCES articles(id);
UPDATE captures SET article_id = (SELECT a.id FROM articles a WHERE a.outlet_id = captures.outlet_id AND a.url = captures.url) WHERE kind IN (1, 3, 5);
CREATE INDEX captures_article ON captures(article_id) WHERE article_id IS NOT NULL;
