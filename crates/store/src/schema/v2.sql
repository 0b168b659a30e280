CREATE TABLE attempt (
    ordinal INTEGER PRIMARY KEY,
    run TEXT NOT NULL REFERENCES run (id),
    experiment TEXT NOT NULL,
    item TEXT NOT NULL,
    side TEXT NOT NULL,
    version TEXT NOT NULL,
    started TEXT NOT NULL,
    seconds REAL NOT NULL,
    end TEXT NOT NULL,
    stopped_at TEXT,
    diagnostics TEXT NOT NULL,
    stdout TEXT NOT NULL,
    stderr TEXT NOT NULL,
    made INTEGER,
    detail TEXT
) STRICT;

CREATE INDEX attempt_of_run ON attempt (run);

CREATE TRIGGER attempt_is_kept BEFORE UPDATE ON attempt
    BEGIN SELECT raise(ABORT, 'facts are never updated'); END;
