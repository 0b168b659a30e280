CREATE TABLE caught (
    ordinal INTEGER PRIMARY KEY,
    run TEXT NOT NULL REFERENCES run (id),
    defect TEXT NOT NULL,
    side TEXT NOT NULL,
    variant TEXT NOT NULL,
    gate TEXT NOT NULL,
    tool TEXT NOT NULL,
    version TEXT NOT NULL,
    key TEXT NOT NULL,
    started TEXT NOT NULL,
    seconds REAL NOT NULL,
    cpu_seconds REAL NOT NULL,
    not_run TEXT,
    diagnostics TEXT NOT NULL,
    runs TEXT NOT NULL
) STRICT;

CREATE INDEX caught_of_run ON caught (run);
CREATE INDEX caught_by_key ON caught (key);
CREATE INDEX caught_of_defect ON caught (defect);

CREATE TRIGGER caught_is_kept BEFORE UPDATE ON caught
    BEGIN SELECT raise(ABORT, 'facts are never updated'); END;
