-- Seals and keys of the log are the archive's own, and belong to no outlet.
ALTER TABLE captures RENAME COLUMN outlet_id TO outlet_before;
ALTER TABLE captures ADD COLUMN outlet_id INTEGER REFERENCES outlets(id);
UPDATE captures SET outlet_id = outlet_before WHERE kind <> 7;
ALTER TABLE captures DROP COLUMN outlet_before;
