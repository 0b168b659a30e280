CREATE TABLE run (
    ordinal INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    pack TEXT NOT NULL,
    pack_hash TEXT NOT NULL,
    version TEXT NOT NULL,
    started TEXT NOT NULL,
    plan TEXT NOT NULL,
    environment TEXT NOT NULL,
    mode TEXT AS (json_extract(plan, '$.mode')) VIRTUAL,
    fingerprint TEXT AS (json_extract(environment, '$.fingerprint')) VIRTUAL
) STRICT;

CREATE TABLE run_end (
    ordinal INTEGER PRIMARY KEY,
    run TEXT NOT NULL REFERENCES run (id),
    end TEXT NOT NULL,
    at TEXT NOT NULL
) STRICT;

CREATE TABLE trial (
    ordinal INTEGER PRIMARY KEY,
    run TEXT NOT NULL REFERENCES run (id),
    workload TEXT NOT NULL,
    activity TEXT NOT NULL,
    case_id TEXT,
    profile TEXT NOT NULL,
    tier TEXT NOT NULL,
    block INTEGER NOT NULL,
    position INTEGER NOT NULL,
    side TEXT NOT NULL,
    replica INTEGER NOT NULL,
    status TEXT NOT NULL,
    started TEXT NOT NULL,
    memory_source TEXT,
    stdout_sha256 TEXT,
    detail TEXT
) STRICT;

CREATE TABLE observation (
    trial INTEGER NOT NULL REFERENCES trial (ordinal),
    metric TEXT NOT NULL,
    value REAL NOT NULL,
    PRIMARY KEY (trial, metric)
) STRICT, WITHOUT ROWID;

CREATE TABLE fact (
    ordinal INTEGER PRIMARY KEY,
    run TEXT NOT NULL REFERENCES run (id),
    workload TEXT NOT NULL,
    fact TEXT NOT NULL,
    side TEXT NOT NULL,
    profile TEXT NOT NULL,
    tier TEXT NOT NULL,
    count INTEGER NOT NULL,
    example TEXT
) STRICT;

CREATE TABLE note (
    ordinal INTEGER PRIMARY KEY,
    run TEXT NOT NULL REFERENCES run (id),
    kind TEXT NOT NULL,
    workload TEXT,
    side TEXT,
    profile TEXT,
    text TEXT NOT NULL
) STRICT;

-- NULLs are never equal to each other, hence ifnull.
CREATE UNIQUE INDEX trial_once ON trial
    (run, workload, activity, ifnull(case_id, ''), profile, tier, block, side, replica);
CREATE INDEX run_end_of_run ON run_end (run);
CREATE INDEX fact_of_run ON fact (run);
CREATE INDEX note_of_run ON note (run);

CREATE TRIGGER run_is_kept BEFORE UPDATE ON run
    BEGIN SELECT raise(ABORT, 'facts are never updated'); END;
CREATE TRIGGER run_end_is_kept BEFORE UPDATE ON run_end
    BEGIN SELECT raise(ABORT, 'facts are never updated'); END;
CREATE TRIGGER trial_is_kept BEFORE UPDATE ON trial
    BEGIN SELECT raise(ABORT, 'facts are never updated'); END;
CREATE TRIGGER observation_is_kept BEFORE UPDATE ON observation
    BEGIN SELECT raise(ABORT, 'facts are never updated'); END;
CREATE TRIGGER fact_is_kept BEFORE UPDATE ON fact
    BEGIN SELECT raise(ABORT, 'facts are never updated'); END;
CREATE TRIGGER note_is_kept BEFORE UPDATE ON note
    BEGIN SELECT raise(ABORT, 'facts are never updated'); END;
