-- How far bodies were packed a second time, slowly and small (Keep/BodyRepacking.cs).
CREATE TABLE repacked (
    until INTEGER NOT NULL                         -- version_id in bodies
) STRICT;
INSERT INTO repacked (until) VALUES (0);
