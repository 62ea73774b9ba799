-- What stands under the picture at the head of an article; rebuild fills it for what was read before.

ALTER TABLE versions ADD COLUMN lead_caption TEXT;
