-- What stands in PostgreSQL in place of the parts of schema.sql between "-- [sqlite]" and "-- [/sqlite]", in the same order.

-- [postgres] The log only grows.

CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '%', TG_ARGV[0]; END $$;

CREATE FUNCTION entry_append() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
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

-- They take the very rows that the store writes for SQLite's FTS5, and keep of them what is searched.
CREATE TABLE search (
    rowid bigint PRIMARY KEY, search text, exact text, says text, title text, context text, document tsvector NOT NULL
);
CREATE INDEX search_document ON search USING gin (document);

CREATE OR REPLACE FUNCTION search_write() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    IF NEW.search = 'delete' THEN
        DELETE FROM search WHERE rowid = NEW.rowid;
        RETURN NULL;
    END IF;
    NEW.document := setweight(to_tsvector('english', NEW.exact || ' ' || NEW.says), 'A')
        || setweight(to_tsvector('english', NEW.title), 'B') || to_tsvector('english', NEW.context);
    NEW.exact := NULL; NEW.says := NULL; NEW.title := NULL; NEW.context := NULL;
    RETURN NEW;
END $$;
CREATE TRIGGER search_write BEFORE INSERT ON search FOR EACH ROW EXECUTE FUNCTION search_write();

CREATE TABLE search_texts (rowid bigint PRIMARY KEY, text text, document tsvector NOT NULL);
CREATE INDEX search_texts_document ON search_texts USING gin (document);

CREATE OR REPLACE FUNCTION search_texts_write() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    NEW.document := to_tsvector('english', left(NEW.text, 250000));  -- a tsvector holds a megabyte
    NEW.text := NULL;
    RETURN NEW;
END $$;
CREATE TRIGGER search_texts_write BEFORE INSERT ON search_texts FOR EACH ROW EXECUTE FUNCTION search_texts_write();

CREATE VIEW search_terms AS SELECT word AS term, ndoc AS doc FROM ts_stat('SELECT document FROM search');
CREATE VIEW search_texts_terms AS SELECT word AS term, ndoc AS doc FROM ts_stat('SELECT document FROM search_texts');

-- What json_extract gives of a JSON text, as text.
CREATE OR REPLACE FUNCTION json_extract(document text, path text) RETURNS text IMMUTABLE STRICT LANGUAGE sql AS
$$ SELECT jsonb_path_query_first(document::jsonb, path::jsonpath) #>> '{}' $$;
