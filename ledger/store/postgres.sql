-- What stands in PostgreSQL in place of the parts of schema.sql between "-- [sqlite]" and "-- [/sqlite]", in the same order.

-- [postgres] The log only grows.

CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '%', TG_ARGV[0]; END $$;

-- Who it takes to log an entry of a kind; who owns the tables may log all (ledger/store/roles.py).
CREATE FUNCTION least_role(kind text) RETURNS text IMMUTABLE LANGUAGE sql AS $$
    SELECT CASE
        WHEN kind IN ('publication', 'correction', 'signoff', 'policy', 'continuation', 'carry', 'field', 'template', 'redact') THEN 'editor'
        WHEN kind IN ('link', 'finding', 'check', 'rating', 'answer', 'merge', 'split', 'stay') THEN 'assessor'
        ELSE 'logger' END
$$;

CREATE FUNCTION entry_append() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    IF NOT pg_has_role(session_user, (SELECT relowner FROM pg_class WHERE oid = TG_RELID), 'MEMBER') THEN
        IF NOT pg_has_role(session_user, current_database() || '_' || least_role(NEW.kind), 'MEMBER') THEN
            RAISE EXCEPTION '% may not log this: it takes the role of %', session_user, least_role(NEW.kind);
        ELSIF convert_from(NEW.body, 'UTF8')::json ->> 'login' IS DISTINCT FROM session_user::text THEN
            RAISE EXCEPTION 'an entry must name the login that writes it';
        END IF;
    END IF;
    IF NEW.seq <> (SELECT coalesce(max(seq), -1) + 1 FROM entry) OR EXISTS (SELECT 1 FROM entry WHERE uid = NEW.uid) THEN
        RAISE EXCEPTION 'the log only grows: an entry must be new and next in line';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION entry_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    gone entry := OLD;
BEGIN
    gone.body := NULL;
    IF OLD.body IS NULL OR NEW IS DISTINCT FROM gone OR OLD.kind IN ('redact', 'genesis')
       OR NOT EXISTS (SELECT 1 FROM entry r WHERE r.kind = 'redact' AND r.about = OLD.uid) THEN
        RAISE EXCEPTION 'the log only grows: an entry cannot be changed';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION blob_append() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    IF EXISTS (SELECT 1 FROM blob WHERE sha256 = NEW.sha256) THEN
        RAISE EXCEPTION 'saved bytes cannot be replaced';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION blob_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    gone blob := OLD;
BEGIN
    gone.bytes := NULL;
    IF OLD.bytes IS NULL OR NEW IS DISTINCT FROM gone
       OR NOT EXISTS (SELECT 1 FROM entry r WHERE r.kind = 'redact' AND r.about = OLD.sha256) THEN
        RAISE EXCEPTION 'saved bytes cannot be changed';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION checkpoint_append() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    IF EXISTS (SELECT 1 FROM checkpoint WHERE note = NEW.note OR (size = NEW.size AND signed_at = NEW.signed_at))
       OR EXISTS (SELECT 1 FROM checkpoint WHERE size > NEW.size) THEN
        RAISE EXCEPTION 'a checkpoint cannot be replaced, nor signed for a smaller log';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER entry_append BEFORE INSERT ON entry FOR EACH ROW EXECUTE FUNCTION entry_append();
CREATE TRIGGER entry_frozen BEFORE UPDATE ON entry FOR EACH ROW EXECUTE FUNCTION entry_frozen();
CREATE TRIGGER entry_kept BEFORE DELETE OR TRUNCATE ON entry FOR EACH STATEMENT
    EXECUTE FUNCTION refuse('the log only grows: an entry cannot be deleted');
CREATE TRIGGER blob_append BEFORE INSERT ON blob FOR EACH ROW EXECUTE FUNCTION blob_append();
CREATE TRIGGER blob_frozen BEFORE UPDATE ON blob FOR EACH ROW EXECUTE FUNCTION blob_frozen();
CREATE TRIGGER blob_kept BEFORE DELETE OR TRUNCATE ON blob FOR EACH STATEMENT
    EXECUTE FUNCTION refuse('saved bytes cannot be deleted');
CREATE TRIGGER checkpoint_append BEFORE INSERT ON checkpoint FOR EACH ROW EXECUTE FUNCTION checkpoint_append();
CREATE TRIGGER checkpoint_frozen BEFORE UPDATE ON checkpoint FOR EACH STATEMENT
    EXECUTE FUNCTION refuse('a checkpoint cannot be changed');
CREATE TRIGGER checkpoint_kept BEFORE DELETE OR TRUNCATE ON checkpoint FOR EACH STATEMENT
    EXECUTE FUNCTION refuse('a checkpoint cannot be deleted');

-- [postgres] Searches.

-- Written by ledger/store/tsvectors.py with the words that FTS5 would hold: where they stand, how often, how many there are.
CREATE TABLE search (rowid bigint PRIMARY KEY, document tsvector NOT NULL, counts jsonb NOT NULL, size integer NOT NULL);
CREATE INDEX search_document ON search USING gin (document);
CREATE TABLE search_texts (rowid bigint PRIMARY KEY, document tsvector NOT NULL, counts jsonb NOT NULL, size integer NOT NULL);
CREATE INDEX search_texts_document ON search_texts USING gin (document);
CREATE TABLE search_total (name text PRIMARY KEY, docs bigint NOT NULL, words bigint NOT NULL);
INSERT INTO search_total VALUES ('search', 0, 0), ('search_texts', 0, 0);

-- How often a phrase stands in a document, each time with the weight of its column.
CREATE OR REPLACE FUNCTION phrase_times(document tsvector, phrase text[], factors float8[]) RETURNS float8
IMMUTABLE LANGUAGE sql AS $$
    SELECT coalesce(sum(weight), 0) FROM (
        SELECT min(factors[ascii(mark) - 64]) AS weight
        FROM unnest(phrase) WITH ORDINALITY AS p (lexeme, n) JOIN unnest(document) AS d USING (lexeme)
        CROSS JOIN LATERAL unnest(d.positions, d.weights) AS at (place, mark)
        GROUP BY place - n HAVING count(*) = cardinality(phrase)) AS found
$$;

-- What json_extract gives of a JSON text, as text.
CREATE OR REPLACE FUNCTION json_extract(document text, path text) RETURNS text IMMUTABLE STRICT LANGUAGE sql AS
$$ SELECT jsonb_path_query_first(document::jsonb, path::jsonpath) #>> '{}' $$;
