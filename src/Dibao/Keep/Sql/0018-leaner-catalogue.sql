-- Leads as long as lists show them, and bands that follow from the prints, so that no second index need say whose they are.

UPDATE versions SET lead = dibao_lead(lead);

DROP INDEX print_bands_article;
DELETE FROM print_bands;
INSERT OR IGNORE INTO print_bands (band, article_id) SELECT value, article_id FROM prints, json_each(dibao_bands(print)) ORDER BY 1, 2;
