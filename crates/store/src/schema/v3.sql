CREATE TABLE answer (
    ordinal INTEGER PRIMARY KEY,
    run TEXT NOT NULL REFERENCES run (id),
    case_id TEXT NOT NULL,
    side TEXT NOT NULL,
    aspect TEXT NOT NULL,
    outcome TEXT NOT NULL,
    told TEXT
) STRICT;

CREATE TABLE effect (
    ordinal INTEGER PRIMARY KEY,
    run TEXT NOT NULL REFERENCES run (id),
    case_id TEXT NOT NULL,
    side TEXT NOT NULL,
    effect TEXT NOT NULL,
    count INTEGER,
    told TEXT
) STRICT;

CREATE TABLE program (
    ordinal INTEGER PRIMARY KEY,
    run TEXT NOT NULL REFERENCES run (id),
    side TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    bytes INTEGER NOT NULL,
    toolchain TEXT,
    content TEXT,
    stripped INTEGER
) STRICT;

CREATE INDEX answer_of_run ON answer (run);
CREATE INDEX effect_of_run ON effect (run);
CREATE INDEX program_of_run ON program (run);

CREATE TRIGGER answer_is_kept BEFORE UPDATE ON answer
    BEGIN SELECT raise(ABORT, 'facts are never updated'); END;
CREATE TRIGGER effect_is_kept BEFORE UPDATE ON effect
    BEGIN SELECT raise(ABORT, 'facts are never updated'); END;
CREATE TRIGGER program_is_kept BEFORE UPDATE ON program
    BEGIN SELECT raise(ABORT, 'facts are never updated'); END;
