-- Claim Ledger, the tables and views of one ledger.
--
-- It runs as it stands: sqlite3 new.db < schema.sql. PostgreSQL runs the same file, its types replaced by name, with the parts of
-- ledger/store/postgres.sql in place of those between "-- [sqlite]" and "-- [/sqlite]" (docs/postgresql.md).
--
-- Part 1 is the truth: entries, the bytes they name, and signed tree heads. It only ever grows.
-- Part 2 is derived from part 1, entry by entry, and can be thrown away and made again, as this file has it: claims rebuild.
-- Part 3 is the views, where every join is written once.
--
-- uid: 32 hex digits. Hashes: 32 bytes in part 1, 64 hex digits elsewhere. Times: ISO 8601 text. Truth values: 0 or 1.
-- Schema 1: the first.

-- ---------------------------------------------------------------------------------------------------- 1. the truth

CREATE TABLE setting (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
);
INSERT INTO setting (name, value) VALUES ('application', 'claim-ledger'), ('schema', '1');

-- One line of the log. seq starts at 0 and is the leaf's index in the RFC 6962 tree.
CREATE TABLE entry (
    seq         INTEGER PRIMARY KEY,
    uid         TEXT NOT NULL UNIQUE CHECK (length(uid) = 32),
    recorded_at TEXT NOT NULL CHECK (length(recorded_at) = 27),
    actor       TEXT NOT NULL CHECK (length(actor) > 0),
    kind        TEXT NOT NULL CHECK (length(kind) > 0),
    about       TEXT NOT NULL,              -- the uid of the thing; for a redaction, of an entry, or a blob's hash
    batch       TEXT NOT NULL CHECK (length(batch) = 32),
    body_hash   BLOB NOT NULL,              -- SHA-256 of body
    body        BLOB,                       -- RFC 8785 canonical JSON; null once redacted
    leaf_hash   BLOB NOT NULL               -- RFC 6962: SHA-256(00 || leaf data)
);

-- Bytes named by entries: copies as they came, texts taken from them, evidence, what was published.
CREATE TABLE blob (
    sha256 TEXT PRIMARY KEY CHECK (length(sha256) = 64),
    size   INTEGER NOT NULL,
    bytes  BLOB                             -- null once redacted
);

-- Signed tree heads (C2SP tlog-checkpoint), the newest last.
CREATE TABLE checkpoint (
    size      INTEGER NOT NULL,
    root      TEXT NOT NULL CHECK (length(root) = 64),
    note      TEXT NOT NULL UNIQUE,
    signed_at TEXT NOT NULL,
    PRIMARY KEY (size, signed_at)
);

-- [sqlite]
-- The log only grows. What these rules cannot stop (a dropped trigger, a swapped file) claims verify finds.
CREATE TRIGGER entry_append BEFORE INSERT ON entry
WHEN NEW.seq IS NULL OR NEW.seq <> (SELECT coalesce(max(seq), -1) + 1 FROM entry)
  OR EXISTS (SELECT 1 FROM entry WHERE uid = NEW.uid)
BEGIN SELECT RAISE(ABORT, 'the log only grows: an entry must be new and next in line'); END;

CREATE TRIGGER entry_frozen BEFORE UPDATE ON entry
WHEN NOT (
    OLD.body IS NOT NULL AND NEW.body IS NULL
    AND NEW.seq IS OLD.seq AND NEW.uid IS OLD.uid AND NEW.recorded_at IS OLD.recorded_at AND NEW.actor IS OLD.actor
    AND NEW.kind IS OLD.kind AND NEW.about IS OLD.about AND NEW.batch IS OLD.batch
    AND NEW.body_hash IS OLD.body_hash AND NEW.leaf_hash IS OLD.leaf_hash
    AND OLD.kind NOT IN ('redact', 'genesis')
    AND EXISTS (SELECT 1 FROM entry AS r WHERE r.kind = 'redact' AND r.about = OLD.uid))
BEGIN SELECT RAISE(ABORT, 'the log only grows: an entry cannot be changed'); END;

CREATE TRIGGER entry_kept BEFORE DELETE ON entry
BEGIN SELECT RAISE(ABORT, 'the log only grows: an entry cannot be deleted'); END;

CREATE TRIGGER blob_append BEFORE INSERT ON blob
WHEN EXISTS (SELECT 1 FROM blob WHERE sha256 = NEW.sha256)
BEGIN SELECT RAISE(ABORT, 'saved bytes cannot be replaced'); END;

CREATE TRIGGER blob_frozen BEFORE UPDATE ON blob
WHEN NOT (
    OLD.bytes IS NOT NULL AND NEW.bytes IS NULL AND NEW.sha256 IS OLD.sha256 AND NEW.size IS OLD.size
    AND EXISTS (SELECT 1 FROM entry AS r WHERE r.kind = 'redact' AND r.about = OLD.sha256))
BEGIN SELECT RAISE(ABORT, 'saved bytes cannot be changed'); END;

CREATE TRIGGER blob_kept BEFORE DELETE ON blob
BEGIN SELECT RAISE(ABORT, 'saved bytes cannot be deleted'); END;

CREATE TRIGGER checkpoint_append BEFORE INSERT ON checkpoint
WHEN EXISTS (SELECT 1 FROM checkpoint WHERE note = NEW.note OR (size = NEW.size AND signed_at = NEW.signed_at))
  OR EXISTS (SELECT 1 FROM checkpoint WHERE size > NEW.size)
BEGIN SELECT RAISE(ABORT, 'a checkpoint cannot be replaced, nor signed for a smaller log'); END;

CREATE TRIGGER checkpoint_frozen BEFORE UPDATE ON checkpoint
BEGIN SELECT RAISE(ABORT, 'a checkpoint cannot be changed'); END;

CREATE TRIGGER checkpoint_kept BEFORE DELETE ON checkpoint
BEGIN SELECT RAISE(ABORT, 'a checkpoint cannot be deleted'); END;
-- [/sqlite]

-- ------------------------------------------------------------------------------------------------- 2. derived tables

CREATE INDEX entry_about ON entry (about, seq);
CREATE INDEX entry_batch ON entry (batch);
CREATE INDEX entry_actor ON entry (actor, seq);

-- Roots of complete subtrees: level 1 covers two leaves, level k covers 2^k from idx * 2^k. Level 0 is entry.leaf_hash.
CREATE TABLE node (
    level INTEGER NOT NULL,
    idx   INTEGER NOT NULL,
    hash  BLOB NOT NULL,
    PRIMARY KEY (level, idx)
);

-- Everything that has a short id; n counts within a letter.
CREATE TABLE thing (
    uid         TEXT PRIMARY KEY,
    letter      TEXT NOT NULL CHECK (letter IN ('A', 'C', 'S', 'Q', 'M', 'E', 'R')),
    n           INTEGER NOT NULL,
    seq         INTEGER NOT NULL UNIQUE,
    retracted   INTEGER NOT NULL DEFAULT 0 CHECK (retracted IN (0, 1)),
    redacted    INTEGER NOT NULL DEFAULT 0 CHECK (redacted IN (0, 1)),
    merged_into TEXT REFERENCES thing (uid),
    stays       TEXT NOT NULL REFERENCES thing (uid), -- what it was merged into in the end; itself where it was not
    UNIQUE (letter, n)
);
CREATE INDEX thing_stays ON thing (stays);

CREATE TABLE source (
    uid          TEXT PRIMARY KEY REFERENCES thing (uid),
    name         TEXT NOT NULL,
    kind         TEXT NOT NULL CHECK (kind IN ('news_outlet', 'wire_agency', 'state_broadcaster', 'government',
                     'armed_forces', 'armed_group', 'international_organisation', 'monitoring_group', 'ngo', 'company',
                     'person', 'witness', 'anonymous', 'document', 'social_account', 'unknown')),
    kind_guessed INTEGER NOT NULL CHECK (kind_guessed IN (0, 1)),
    protected    INTEGER NOT NULL CHECK (protected IN (0, 1)),
    counts       TEXT,
    note         TEXT
);

-- Every name of a source, its own first; folded is what look-ups compare.
CREATE TABLE alias (
    source  TEXT NOT NULL REFERENCES source (uid),
    alias   TEXT NOT NULL,
    folded  TEXT NOT NULL,
    because TEXT,
    seq     INTEGER NOT NULL,
    PRIMARY KEY (source, folded)
);
CREATE INDEX alias_folded ON alias (folded, seq);

CREATE TABLE relation (
    uid      TEXT PRIMARY KEY,
    source   TEXT NOT NULL REFERENCES source (uid),
    target   TEXT NOT NULL REFERENCES source (uid),
    relation TEXT NOT NULL CHECK (relation IN ('part_of', 'speaks_for', 'owned_by', 'syndicates', 'same_as', 'independent')),
    since    TEXT,
    until    TEXT,
    because  TEXT,
    seq      INTEGER NOT NULL,
    retracted INTEGER NOT NULL DEFAULT 0 CHECK (retracted IN (0, 1))
);

CREATE TABLE article (
    uid          TEXT PRIMARY KEY REFERENCES thing (uid),
    identity     TEXT NOT NULL,
    url          TEXT,
    file         TEXT,
    title        TEXT,
    publisher    TEXT REFERENCES source (uid),
    byline       TEXT,
    credit_line  TEXT,
    published_at TEXT,
    language     TEXT,
    extra        TEXT
);
CREATE INDEX article_identity ON article (identity);
CREATE INDEX article_publisher ON article (publisher);

CREATE TABLE capture (
    uid              TEXT PRIMARY KEY,
    article          TEXT NOT NULL REFERENCES article (uid),
    raw              TEXT NOT NULL,
    text             TEXT NOT NULL,
    raw_bytes        INTEGER NOT NULL,
    text_chars       INTEGER NOT NULL,
    captured_at      TEXT NOT NULL,
    method           TEXT NOT NULL,
    media_type       TEXT,
    encoding         TEXT NOT NULL,
    encoding_guessed INTEGER NOT NULL CHECK (encoding_guessed IN (0, 1)),
    extractor        TEXT NOT NULL,
    url              TEXT,
    status           INTEGER,
    marks            TEXT,                  -- hash of the JSON that says where pages or moments begin in the text
    record           TEXT,                  -- hash of the head of its WARC record, whose rest is the raw bytes
    printed_at       TEXT,                  -- the day that it shows its readers, when it says it came out first, and
    first_published_at TEXT,                -- when it says it was changed last
    modified_at      TEXT,
    seq              INTEGER NOT NULL,
    retracted        INTEGER NOT NULL DEFAULT 0 CHECK (retracted IN (0, 1))
);
CREATE INDEX capture_article ON capture (article, seq);
CREATE INDEX capture_seq ON capture (seq);

CREATE TABLE question (
    uid     TEXT PRIMARY KEY REFERENCES thing (uid),
    text    TEXT NOT NULL,
    folded  TEXT NOT NULL,
    measure TEXT,
    time_window TEXT,
    place   TEXT,
    kind    TEXT CHECK (kind IN ('count', 'amount', 'yes_no', 'when', 'where', 'distance', 'who_what', 'words')),
    one_of  TEXT
);
CREATE INDEX question_folded ON question (folded);

-- A source's part in what a question asks; question null means in all.
CREATE TABLE party (
    uid      TEXT PRIMARY KEY,
    source   TEXT NOT NULL REFERENCES source (uid),
    question TEXT REFERENCES question (uid),
    party    INTEGER NOT NULL CHECK (party IN (0, 1)),
    side     TEXT,
    because  TEXT,
    seq      INTEGER NOT NULL,
    retracted INTEGER NOT NULL DEFAULT 0 CHECK (retracted IN (0, 1))
);
CREATE INDEX party_question ON party (question);

CREATE TABLE claim (
    uid         TEXT PRIMARY KEY REFERENCES thing (uid),
    article     TEXT NOT NULL REFERENCES article (uid),
    capture     TEXT REFERENCES capture (uid),
    exact       TEXT NOT NULL,
    start_at    INTEGER,
    end_at      INTEGER,
    prefix      TEXT NOT NULL,
    suffix      TEXT NOT NULL,
    anchored    INTEGER NOT NULL CHECK (anchored IN (0, 1)),
    cite        TEXT,
    says        TEXT,
    translation TEXT,                       -- JSON
    mode        TEXT NOT NULL CHECK (mode IN ('direct', 'indirect', 'mixed', 'none')),
    place       TEXT,                       -- JSON
    scope       TEXT,
    answer      TEXT,
    reading     TEXT,                       -- JSON
    stance      TEXT NOT NULL CHECK (stance IN ('asserts', 'denies', 'doubts', 'asks', 'announces')),
    status      TEXT CHECK (status IN ('confirmed', 'probable', 'suspected', 'claimed')),
    language    TEXT,
    unsure      TEXT NOT NULL,              -- JSON
    locator     TEXT,                       -- a page, or a moment of a recording
    found_by    TEXT,
    key         TEXT,
    key_hash    TEXT,
    extra       TEXT,                       -- JSON
    CHECK (anchored = 0 OR (capture IS NOT NULL AND start_at IS NOT NULL AND end_at > start_at))
);
CREATE INDEX claim_article ON claim (article);
CREATE INDEX claim_key ON claim (key) WHERE key IS NOT NULL;
CREATE INDEX claim_key_hash ON claim (key_hash) WHERE key IS NULL; -- what has a key is known by it
CREATE INDEX claim_scope ON claim (scope) WHERE scope IS NOT NULL;

-- The chain of a claim, position 1 outermost; the publisher is hop 0 and implied.
CREATE TABLE hop (
    claim         TEXT NOT NULL REFERENCES claim (uid),
    position      INTEGER NOT NULL,
    source        TEXT NOT NULL REFERENCES source (uid),
    role          TEXT NOT NULL CHECK (role IN ('publisher', 'relay', 'affiliation', 'origin')),
    cue           TEXT,
    cue_start     INTEGER,
    cue_end       INTEGER,
    mention       TEXT,
    mention_start INTEGER,
    mention_end   INTEGER,
    mode          TEXT NOT NULL CHECK (mode IN ('direct', 'indirect', 'mixed', 'none')),
    named         INTEGER NOT NULL CHECK (named IN (0, 1)),
    implicit      INTEGER NOT NULL CHECK (implicit IN (0, 1)),
    PRIMARY KEY (claim, position)
);
CREATE INDEX hop_source ON hop (source);

-- The figures of a claim; bounds are decimal text, null where there is none.
CREATE TABLE quantity (
    claim          TEXT NOT NULL REFERENCES claim (uid),
    position       INTEGER NOT NULL,
    text           TEXT NOT NULL,
    start_at       INTEGER,
    end_at         INTEGER,
    low            TEXT,
    high           TEXT,
    low_inclusive  INTEGER CHECK (low_inclusive IN (0, 1)),
    high_inclusive INTEGER CHECK (high_inclusive IN (0, 1)),
    unit           TEXT,
    counts         TEXT,
    measure        TEXT,
    population     TEXT,
    counting       TEXT NOT NULL CHECK (counting IN ('total', 'increment', 'unknown')),
    modifier       TEXT NOT NULL CHECK (modifier IN ('exact', 'at_least', 'more_than', 'at_most', 'fewer_than', 'nearly',
                       'about', 'between', 'none', 'unknown')),
    approximate    INTEGER NOT NULL CHECK (approximate IN (0, 1)),
    vague          INTEGER NOT NULL CHECK (vague IN (0, 1)),
    sure           INTEGER NOT NULL CHECK (sure IN (0, 1)),
    why            TEXT,                    -- why it is not sure
    PRIMARY KEY (claim, position)
);

CREATE TABLE time_span (
    claim        TEXT NOT NULL REFERENCES claim (uid),
    position     INTEGER NOT NULL,
    text         TEXT NOT NULL,
    start_at     INTEGER,
    end_at       INTEGER,
    earliest     TEXT,
    latest       TEXT,
    precision_   TEXT NOT NULL CHECK (precision_ IN ('minute', 'hour', 'night', 'day', 'week', 'month', 'season', 'year',
                     'decade', 'range')),
    role         TEXT NOT NULL CHECK (role IN ('event', 'as_of', 'mentioned')),
    anchor       TEXT,
    alternatives TEXT NOT NULL,             -- JSON
    sure         INTEGER NOT NULL CHECK (sure IN (0, 1)),
    why          TEXT,                      -- why it is not sure
    PRIMARY KEY (claim, position)
);

-- A claim stays filed where it was, also once the question was merged; filing_view says under which one that is now.
CREATE TABLE filing (
    question TEXT NOT NULL REFERENCES question (uid),
    claim    TEXT NOT NULL REFERENCES claim (uid),
    because  TEXT,
    by_      TEXT NOT NULL,
    seq      INTEGER NOT NULL,
    PRIMARY KEY (question, claim)
);
CREATE INDEX filing_claim ON filing (claim);

CREATE TABLE link (
    uid      TEXT PRIMARY KEY,
    a        TEXT NOT NULL REFERENCES claim (uid),
    b        TEXT NOT NULL REFERENCES claim (uid),
    relation TEXT NOT NULL CHECK (relation IN ('repeats', 'supports', 'does_not_contradict', 'conflicts', 'updates',
                 'not_comparable')),
    because  TEXT NOT NULL,
    by_      TEXT NOT NULL,
    at       TEXT NOT NULL,
    seq      INTEGER NOT NULL,
    retracted INTEGER NOT NULL DEFAULT 0 CHECK (retracted IN (0, 1))
);
CREATE INDEX link_a ON link (a);
CREATE INDEX link_b ON link (b);

-- What people said of findings of the machine: right, or not so.
CREATE TABLE finding (
    uid      TEXT PRIMARY KEY,
    a        TEXT NOT NULL REFERENCES claim (uid),
    b        TEXT NOT NULL REFERENCES claim (uid),
    kind     TEXT NOT NULL,
    rule     TEXT NOT NULL,
    holds    INTEGER NOT NULL CHECK (holds IN (0, 1)),
    reading  TEXT NOT NULL,                 -- what was read of both then, hashed
    because  TEXT,
    by_      TEXT NOT NULL,
    at       TEXT NOT NULL,
    seq      INTEGER NOT NULL,
    retracted INTEGER NOT NULL DEFAULT 0 CHECK (retracted IN (0, 1))
);
CREATE INDEX finding_a ON finding (a);
CREATE INDEX finding_b ON finding (b);

-- Checks, ratings and answers; a newer one by the same person (on the same scale) supersedes, none is changed.
CREATE TABLE judgement (
    uid        TEXT PRIMARY KEY,
    about      TEXT NOT NULL REFERENCES thing (uid),
    kind       TEXT NOT NULL CHECK (kind IN ('check', 'rating', 'answer')),
    scale      TEXT,
    value      TEXT NOT NULL,
    low        TEXT,
    high       TEXT,
    best       TEXT,
    because    TEXT,
    even_so    TEXT,                        -- why a grade was given that asks for more sources
    by_        TEXT NOT NULL,
    at         TEXT NOT NULL,
    seq        INTEGER NOT NULL,
    retracted  INTEGER NOT NULL DEFAULT 0 CHECK (retracted IN (0, 1))
);
CREATE INDEX judgement_about ON judgement (about, kind, seq);

CREATE TABLE rests_on (
    judgement TEXT NOT NULL REFERENCES judgement (uid),
    position  INTEGER NOT NULL,
    target    TEXT NOT NULL REFERENCES thing (uid),
    PRIMARY KEY (judgement, position)
);
CREATE INDEX rests_on_target ON rests_on (target);

CREATE TABLE note (
    uid      TEXT PRIMARY KEY,
    about    TEXT NOT NULL REFERENCES thing (uid),
    text     TEXT NOT NULL,
    internal INTEGER NOT NULL CHECK (internal IN (0, 1)),
    query    INTEGER NOT NULL CHECK (query IN (0, 1)), -- an editor's query: open until a note settles it
    by_      TEXT NOT NULL,
    at       TEXT NOT NULL,
    seq      INTEGER NOT NULL,
    retracted INTEGER NOT NULL DEFAULT 0 CHECK (retracted IN (0, 1))
);
CREATE INDEX note_about ON note (about, seq);

-- Which queries a note answers.
CREATE TABLE settling (
    note  TEXT NOT NULL REFERENCES note (uid),
    query TEXT NOT NULL REFERENCES note (uid),
    PRIMARY KEY (note, query)
);
CREATE INDEX settling_query ON settling (query);

CREATE TABLE tag (
    about TEXT NOT NULL REFERENCES thing (uid),
    tag   TEXT NOT NULL,
    seq   INTEGER NOT NULL,
    PRIMARY KEY (about, tag)
);
CREATE INDEX tag_tag ON tag (tag);

-- Fields of one's own: what a newsroom keeps of its things besides what every ledger has.
CREATE TABLE field (
    uid     TEXT PRIMARY KEY,
    name    TEXT NOT NULL,
    folded  TEXT NOT NULL,
    on_     TEXT NOT NULL CHECK (on_ IN ('claim', 'article', 'source', 'question')),
    type    TEXT NOT NULL CHECK (type IN ('text', 'number', 'date', 'yes/no', 'choice')),
    choices TEXT NOT NULL,                  -- JSON
    public  INTEGER NOT NULL CHECK (public IN (0, 1)),
    because TEXT,
    seq     INTEGER NOT NULL,
    retracted INTEGER NOT NULL DEFAULT 0 CHECK (retracted IN (0, 1))
);

-- The newest value of each for a thing, in the one spelling of the field's type.
CREATE TABLE field_value (
    about TEXT NOT NULL REFERENCES thing (uid),
    field TEXT NOT NULL REFERENCES field (uid),
    value TEXT NOT NULL,
    by_   TEXT NOT NULL,
    seq   INTEGER NOT NULL,
    PRIMARY KEY (about, field)
);
CREATE INDEX field_value_field ON field_value (field);

-- Defaults for kinds of claims.
CREATE TABLE template (
    uid      TEXT PRIMARY KEY,
    name     TEXT NOT NULL,
    folded   TEXT NOT NULL,
    tags     TEXT NOT NULL,                 -- JSON
    fields   TEXT NOT NULL,                 -- JSON, uids
    question TEXT REFERENCES question (uid),
    kind     TEXT CHECK (kind IN ('count', 'amount', 'yes_no', 'when', 'where', 'distance', 'who_what', 'words')),
    seq      INTEGER NOT NULL,
    retracted INTEGER NOT NULL DEFAULT 0 CHECK (retracted IN (0, 1))
);

CREATE TABLE work (
    about    TEXT PRIMARY KEY REFERENCES thing (uid),
    state    TEXT NOT NULL CHECK (state IN ('new', 'checking', 'waiting', 'ready', 'published', 'dropped')),
    priority TEXT NOT NULL CHECK (priority IN ('low', 'normal', 'high')),
    due      TEXT,
    assignee TEXT,
    embargo  TEXT
);

CREATE TABLE suggestion (
    uid         TEXT PRIMARY KEY REFERENCES thing (uid),
    kind        TEXT NOT NULL CHECK (kind IN ('claim', 'filing', 'alias', 'wording', 'shared_copy', 'lead', 'review')),
    target      TEXT,
    proposal    TEXT NOT NULL,              -- JSON
    reason      TEXT NOT NULL,
    score       TEXT NOT NULL,
    made_by     TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    state       TEXT NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'accepted', 'rejected', 'snooze')),
    judged_by   TEXT,
    judged_at   TEXT,
    because     TEXT,
    until       TEXT,
    made        TEXT
);
CREATE INDEX suggestion_fingerprint ON suggestion (fingerprint);
CREATE INDEX suggestion_target ON suggestion (target);

CREATE TABLE evidence (
    uid               TEXT PRIMARY KEY REFERENCES thing (uid),
    target            TEXT NOT NULL REFERENCES thing (uid),
    kind              TEXT NOT NULL CHECK (kind IN ('photo', 'video', 'map', 'document', 'dataset', 'email', 'call_note', 'service_answer', 'other')),
    shows             TEXT NOT NULL,
    stance            TEXT NOT NULL CHECK (stance IN ('supports', 'against', 'context')),
    name              TEXT,
    url               TEXT,
    blob              TEXT,
    sha256            TEXT,
    size              INTEGER,
    found_at          TEXT,
    found_verified    INTEGER NOT NULL CHECK (found_verified IN (0, 1)),
    taken_at          TEXT,
    taken_verified    INTEGER NOT NULL CHECK (taken_verified IN (0, 1)),
    location          TEXT,
    location_verified INTEGER NOT NULL CHECK (location_verified IN (0, 1)),
    metadata          TEXT,
    media_type        TEXT,
    by_               TEXT NOT NULL,
    at                TEXT NOT NULL
);
CREATE INDEX evidence_target ON evidence (target);

-- A question put to a source.
CREATE TABLE request (
    uid         TEXT PRIMARY KEY REFERENCES thing (uid),
    target      TEXT NOT NULL REFERENCES thing (uid),
    source      TEXT NOT NULL REFERENCES source (uid),
    channel     TEXT NOT NULL,
    asked_at    TEXT NOT NULL,
    due         TEXT,
    text        TEXT,
    by_         TEXT NOT NULL
);
CREATE INDEX request_target ON request (target);

-- What came back on it; there may be several, and none is replaced.
CREATE TABLE reply (
    uid         TEXT PRIMARY KEY,
    request     TEXT NOT NULL REFERENCES request (uid),
    text        TEXT,
    blob        TEXT,
    name        TEXT,
    media_type  TEXT,
    received_at TEXT NOT NULL,
    by_         TEXT NOT NULL,
    seq         INTEGER NOT NULL,
    retracted INTEGER NOT NULL DEFAULT 0 CHECK (retracted IN (0, 1))
);
CREATE INDEX reply_request ON reply (request, seq);

CREATE TABLE search_made (
    uid         TEXT PRIMARY KEY,
    about       TEXT NOT NULL REFERENCES thing (uid),
    sought      TEXT NOT NULL,
    places      TEXT NOT NULL,              -- JSON
    searched_at TEXT NOT NULL,
    found       INTEGER NOT NULL,
    failed      TEXT,
    outcome     TEXT,                       -- what became of the page of an article that was asked for again
    by_         TEXT NOT NULL,
    seq         INTEGER NOT NULL,
    retracted INTEGER NOT NULL DEFAULT 0 CHECK (retracted IN (0, 1))
);
CREATE INDEX search_made_about ON search_made (about);

CREATE TABLE publication (
    uid        TEXT PRIMARY KEY,
    about      TEXT NOT NULL REFERENCES thing (uid),
    url        TEXT,
    blob       TEXT NOT NULL,
    media_type TEXT NOT NULL,
    checkpoint TEXT,
    rests_on   TEXT NOT NULL,               -- JSON
    manifest   TEXT,
    by_        TEXT NOT NULL,
    at         TEXT NOT NULL,
    seq        INTEGER NOT NULL
);
CREATE INDEX publication_about ON publication (about);

CREATE TABLE correction (
    uid     TEXT PRIMARY KEY,
    about   TEXT NOT NULL REFERENCES thing (uid),
    kind    TEXT NOT NULL CHECK (kind IN ('correction', 'clarification', 'update', 'retraction')),
    was     TEXT NOT NULL,
    now     TEXT NOT NULL,
    because TEXT NOT NULL,
    told_by TEXT,
    concerns TEXT NOT NULL,                 -- JSON
    by_     TEXT NOT NULL,
    at      TEXT NOT NULL,
    seq     INTEGER NOT NULL,
    retracted INTEGER NOT NULL DEFAULT 0 CHECK (retracted IN (0, 1))
);
CREATE INDEX correction_about ON correction (about);

CREATE TABLE signoff (
    uid     TEXT PRIMARY KEY,
    about   TEXT NOT NULL REFERENCES thing (uid),
    because TEXT,
    seen    TEXT,
    by_     TEXT NOT NULL,
    at      TEXT NOT NULL,
    seq     INTEGER NOT NULL,
    retracted INTEGER NOT NULL DEFAULT 0 CHECK (retracted IN (0, 1))
);
CREATE INDEX signoff_about ON signoff (about, seq);

-- Rules that this ledger keeps to, the newest word on each: signoffs, scale/NAME.
CREATE TABLE policy (
    name    TEXT PRIMARY KEY,
    value   TEXT NOT NULL,
    because TEXT,
    by_     TEXT NOT NULL,
    at      TEXT NOT NULL,
    seq     INTEGER NOT NULL
);

-- Stretches of saved texts that are shown nowhere: the words of redacted claims.
CREATE TABLE withheld (
    capture  TEXT NOT NULL,
    start_at INTEGER NOT NULL,
    end_at   INTEGER NOT NULL,
    seq      INTEGER NOT NULL,
    PRIMARY KEY (capture, start_at, end_at, seq)
);

-- Which entry took back which, or did it again; the newest word on an entry holds.
CREATE TABLE undone (
    by_entry TEXT PRIMARY KEY REFERENCES entry (uid),
    entry    TEXT NOT NULL REFERENCES entry (uid),
    redo     INTEGER NOT NULL CHECK (redo IN (0, 1))
);
CREATE INDEX undone_entry ON undone (entry);

-- Entries that came over from another log: where they stand there, what they are one with here, and what of them counts.
CREATE TABLE carried (
    uid      TEXT PRIMARY KEY,
    log      TEXT NOT NULL,
    place    INTEGER NOT NULL,
    here     TEXT,
    left_    TEXT NOT NULL,                 -- JSON
    by_entry TEXT NOT NULL REFERENCES entry (uid)
);
CREATE INDEX carried_here ON carried (here) WHERE here IS NOT NULL;
CREATE INDEX carried_by ON carried (by_entry);

-- What searches look through; docid is the seq of the claim's entry.
CREATE VIEW searchable AS
SELECT t.seq AS docid, c.uid AS claim, c.article, c.exact, coalesce(c.says, '') AS says, coalesce(a.title, '') AS title,
       c.prefix || ' ' || c.suffix AS context
FROM claim c JOIN thing t ON t.uid = c.uid JOIN article a ON a.uid = c.article;

-- Sampled hashes of five words in a row of each saved text, by which copies are found; capture is the seq of its entry.
CREATE TABLE fingerprint (
    hash    INTEGER NOT NULL,
    capture INTEGER NOT NULL,
    PRIMARY KEY (hash, capture)
);

-- [sqlite]
CREATE VIRTUAL TABLE search USING fts5 (
    exact, says, title, context,
    content = 'searchable', content_rowid = 'docid', tokenize = 'porter unicode61 remove_diacritics 2'
);
CREATE VIRTUAL TABLE search_terms USING fts5vocab ('search', 'row');
-- Saved texts; rowid is the seq of the capture's entry. The texts themselves are in blob.
CREATE VIRTUAL TABLE search_texts USING fts5 (text, content = '', tokenize = 'porter unicode61 remove_diacritics 2');
CREATE VIRTUAL TABLE search_texts_terms USING fts5vocab ('search_texts', 'row');
-- The store writes the index itself, once a transaction: three times faster in an import than triggers.
-- [/sqlite]

-- ------------------------------------------------------------------------------------------------------------ 3. views

CREATE VIEW thing_view AS
SELECT t.letter || t.n AS id, t.uid, e.kind, t.letter, t.n, t.seq, t.retracted, t.redacted,
       m.letter || m.n AS merged_into, e.recorded_at, e.actor
FROM thing t JOIN entry e ON e.seq = t.seq LEFT JOIN thing m ON m.uid = t.merged_into;

CREATE VIEW source_view AS
SELECT t.letter || t.n AS id, s.uid, s.name, s.kind, s.kind_guessed, s.protected, s.counts, s.note, t.n, t.retracted,
       m.letter || m.n AS merged_into,
       (SELECT count(DISTINCT h.claim) FROM thing w JOIN hop h ON h.source = w.uid WHERE w.stays = s.uid) AS claims
FROM source s JOIN thing t ON t.uid = s.uid LEFT JOIN thing m ON m.uid = t.merged_into;

CREATE VIEW alias_view AS
SELECT a.source, t.letter || t.n AS source_id, a.alias, a.folded, a.because, a.seq
FROM alias a JOIN thing t ON t.uid = a.source;

CREATE VIEW relation_view AS
SELECT r.uid, r.source, a.letter || a.n AS source_id, sa.name AS source_name, r.target, b.letter || b.n AS to_id,
       sb.name AS to_name, r.relation, r.since, r.until, r.because, r.seq, r.retracted
FROM relation r
JOIN thing a ON a.uid = r.source JOIN source sa ON sa.uid = r.source
JOIN thing b ON b.uid = r.target JOIN source sb ON sb.uid = r.target;

CREATE VIEW party_view AS
SELECT p.uid, p.source, t.letter || t.n AS source_id, s.name AS source_name, p.question,
       q.letter || q.n AS question_id, p.party, p.side, p.because, p.seq, p.retracted
FROM party p JOIN thing t ON t.uid = p.source JOIN source s ON s.uid = p.source LEFT JOIN thing q ON q.uid = p.question;

CREATE VIEW article_view AS
SELECT t.letter || t.n AS id, a.uid, a.identity, a.url, a.file, a.title, s.name AS publisher,
       p.letter || p.n AS publisher_id, a.publisher AS publisher_uid, a.byline, a.credit_line, a.published_at, a.language,
       a.extra, w.printed_at, w.first_published_at, w.modified_at, t.n, t.retracted, t.redacted,
       (SELECT count(*) FROM capture c WHERE c.article = a.uid AND c.retracted = 0) AS captures,
       (SELECT count(*) FROM claim c JOIN thing ct ON ct.uid = c.uid
        WHERE c.article = a.uid AND ct.retracted = 0) AS claims
FROM article a JOIN thing t ON t.uid = a.uid
LEFT JOIN source s ON s.uid = a.publisher LEFT JOIN thing p ON p.uid = a.publisher
LEFT JOIN capture w ON w.uid =
    (SELECT c.uid FROM capture c WHERE c.article = a.uid AND c.retracted = 0 ORDER BY c.seq DESC LIMIT 1);

CREATE VIEW capture_view AS
SELECT c.uid, t.letter || t.n AS article_id, c.article, c.raw, c.text, c.raw_bytes, c.text_chars, c.captured_at, c.method,
       c.media_type, c.encoding, c.encoding_guessed, c.extractor, c.url, c.status, c.marks, c.record, c.printed_at, c.first_published_at, c.modified_at, c.seq, c.retracted
FROM capture c JOIN thing t ON t.uid = c.article;

CREATE VIEW claim_view AS
SELECT t.letter || t.n AS id, c.uid, at.letter || at.n AS article_id, c.article, c.capture, c.exact, c.start_at, c.end_at,
       c.prefix, c.suffix, c.anchored, c.cite, c.says, c.translation, c.mode, c.place, c.scope, c.answer, c.reading,
       c.stance, c.status, c.language, c.unsure, c.locator, c.found_by, c.key, c.key_hash, c.extra, t.n, t.seq, t.retracted, t.redacted, a.title, a.url, a.published_at, a.credit_line,
       s.name AS publisher, pt.letter || pt.n AS publisher_id, a.publisher AS publisher_uid,
       coalesce(w.state, 'new') AS state, coalesce(w.priority, 'normal') AS priority, w.due, w.assignee, w.embargo
FROM claim c
JOIN thing t ON t.uid = c.uid
JOIN article a ON a.uid = c.article
JOIN thing at ON at.uid = c.article
LEFT JOIN source s ON s.uid = a.publisher
LEFT JOIN thing pt ON pt.uid = a.publisher
LEFT JOIN work w ON w.about = c.uid;

CREATE VIEW hop_view AS
SELECT h.claim, h.position, h.source, t.letter || t.n AS source_id, s.name AS source_name, s.kind, h.role, h.cue,
       h.cue_start, h.cue_end, h.mention, h.mention_start, h.mention_end, h.mode, h.named, h.implicit
FROM hop h JOIN source s ON s.uid = h.source JOIN thing t ON t.uid = h.source;

CREATE VIEW question_view AS
SELECT t.letter || t.n AS id, q.uid, q.text AS question, q.folded, q.measure, q.time_window, q.place, q.kind, q.one_of,
       t.n, t.retracted,
       t.redacted, m.letter || m.n AS merged_into, coalesce(w.state, 'new') AS state,
       (SELECT count(DISTINCT f.claim) FROM thing m JOIN filing f ON f.question = m.uid JOIN thing ct ON ct.uid = f.claim
        WHERE m.stays = q.uid AND ct.retracted = 0) AS claims
FROM question q JOIN thing t ON t.uid = q.uid LEFT JOIN thing m ON m.uid = t.merged_into LEFT JOIN work w ON w.about = q.uid;

-- Under the question that stays, once also where a claim was filed under several that were merged.
CREATE VIEW filing_view AS
SELECT qt.uid AS question, qt.letter || qt.n AS question_id, f.claim, ct.letter || ct.n AS claim_id, f.because, f.by_, f.seq
FROM filing f JOIN thing asked ON asked.uid = f.question JOIN thing qt ON qt.uid = asked.stays JOIN thing ct ON ct.uid = f.claim
WHERE NOT EXISTS (
    SELECT 1 FROM filing g JOIN thing gt ON gt.uid = g.question
    WHERE g.claim = f.claim AND g.seq < f.seq AND gt.stays = asked.stays);

-- The claims that answer a question and still stand, in the order they were logged.
CREATE VIEW answer_view AS
SELECT f.question, f.question_id, c.*
FROM filing_view f JOIN claim_view c ON c.uid = f.claim
WHERE c.retracted = 0;

CREATE VIEW link_view AS
SELECT l.uid, l.a, at.letter || at.n AS a_id, l.b, bt.letter || bt.n AS b_id, l.relation, l.because, l.by_, l.at, l.seq, l.retracted
FROM link l JOIN thing at ON at.uid = l.a JOIN thing bt ON bt.uid = l.b;

CREATE VIEW finding_view AS
SELECT f.uid, f.a, at.letter || at.n AS a_id, f.b, bt.letter || bt.n AS b_id, f.kind, f.rule, f.holds, f.reading, f.because, f.by_,
       f.at, f.seq, f.retracted
FROM finding f JOIN thing at ON at.uid = f.a JOIN thing bt ON bt.uid = f.b;

CREATE VIEW judgement_view AS
SELECT j.uid, j.about, t.letter || t.n AS about_id, j.kind, j.scale, j.value, j.low, j.high, j.best, j.because, j.even_so, j.by_,
       j.at, j.seq, j.retracted,
       CASE WHEN j.retracted = 1 OR EXISTS (
           SELECT 1 FROM judgement n
           WHERE n.about = j.about AND n.kind = j.kind AND n.by_ = j.by_ AND coalesce(n.scale, '') = coalesce(j.scale, '')
             AND n.seq > j.seq AND n.retracted = 0) THEN 1 ELSE 0 END AS superseded
FROM judgement j JOIN thing t ON t.uid = j.about;

CREATE VIEW rests_on_view AS
SELECT r.judgement, r.position, r.target, t.letter || t.n AS target_id
FROM rests_on r JOIN thing t ON t.uid = r.target;

CREATE VIEW suggestion_view AS
SELECT t.letter || t.n AS id, s.uid, s.kind, s.target, g.letter || g.n AS target_id, s.proposal, s.reason, s.score, s.made_by,
       s.fingerprint, s.state, s.judged_by, s.judged_at, s.because, s.until, s.made, k.letter || k.n AS made_id, t.n, t.retracted
FROM suggestion s JOIN thing t ON t.uid = s.uid
LEFT JOIN thing g ON g.uid = s.target LEFT JOIN thing k ON k.uid = s.made;

CREATE VIEW evidence_view AS
SELECT t.letter || t.n AS id, e.uid, e.target, g.letter || g.n AS target_id, e.kind, e.shows, e.stance, e.name, e.url, e.blob,
       e.sha256, e.size, e.found_at, e.found_verified, e.taken_at, e.taken_verified, e.location, e.location_verified,
       e.metadata, e.media_type, e.by_, e.at, t.n, t.retracted
FROM evidence e JOIN thing t ON t.uid = e.uid JOIN thing g ON g.uid = e.target;

CREATE VIEW request_view AS
SELECT t.letter || t.n AS id, r.uid, r.target, g.letter || g.n AS target_id, r.source, st.letter || st.n AS source_id,
       s.name AS source_name, r.channel, r.asked_at, r.due, r.text, r.by_, a.text AS reply, a.blob AS reply_blob,
       a.received_at AS replied_at, t.n, t.retracted
FROM request r JOIN thing t ON t.uid = r.uid JOIN thing g ON g.uid = r.target
JOIN source s ON s.uid = r.source JOIN thing st ON st.uid = r.source
LEFT JOIN reply a ON a.request = r.uid
     AND a.seq = (SELECT max(b.seq) FROM reply b WHERE b.request = r.uid AND b.retracted = 0);

-- Notes that still stand; a query is open until a note settles it that stands too.
CREATE VIEW note_view AS
SELECT n.uid, n.about, t.letter || t.n AS about_id, n.text, n.internal, n.query,
       CASE WHEN n.query = 1 AND NOT EXISTS (
           SELECT 1 FROM settling s JOIN note a ON a.uid = s.note WHERE s.query = n.uid AND a.retracted = 0)
       THEN 1 ELSE 0 END AS is_open,
       n.by_, n.at, n.seq
FROM note n JOIN thing t ON t.uid = n.about
WHERE n.retracted = 0;

-- Fields of one's own that stand, in the order in which they were added.
CREATE VIEW field_view AS
SELECT f.uid, f.name, f.folded, f.on_, f.type, f.choices, f.public, f.because, f.seq,
       (SELECT count(*) FROM field_value v WHERE v.field = f.uid) AS times_used
FROM field f
WHERE f.retracted = 0;

CREATE VIEW field_value_view AS
SELECT v.about, t.letter || t.n AS about_id, v.field, f.name, f.on_, f.type, f.public, v.value, v.by_, v.seq, f.seq AS field_seq
FROM field_value v JOIN field f ON f.uid = v.field JOIN thing t ON t.uid = v.about
WHERE f.retracted = 0;

CREATE VIEW template_view AS
SELECT p.uid, p.name, p.folded, p.tags, p.fields, t.letter || t.n AS question, p.kind, p.seq
FROM template p LEFT JOIN thing q ON q.uid = p.question LEFT JOIN thing t ON t.uid = q.stays
WHERE p.retracted = 0;

CREATE VIEW work_view AS
SELECT w.about, t.letter || t.n AS about_id, t.letter, t.n, t.retracted, w.state, w.priority, w.due, w.assignee, w.embargo
FROM work w JOIN thing t ON t.uid = w.about;

CREATE VIEW publication_view AS
SELECT p.uid, p.about, t.letter || t.n AS about_id, p.url, p.blob, p.media_type, p.checkpoint, p.rests_on, p.manifest,
       p.by_, p.at, p.seq
FROM publication p JOIN thing t ON t.uid = p.about;
