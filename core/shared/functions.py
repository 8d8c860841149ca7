"""What SQLite has and PostgreSQL has not, as functions of the library's schema.

Those that indexes are made of use nothing but PostgreSQL's own, so that a dump can be restored.
"""

from __future__ import annotations

from core.shared.full_text import LONGEST_WORD

_NAMES = (
    """CREATE FUNCTION name_text(name bytea) RETURNS text LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
    BEGIN
        RETURN convert_from(name, 'UTF8');
    EXCEPTION WHEN character_not_in_repertoire OR untranslatable_character THEN
        RETURN convert_from(name, 'LATIN1');
    END $$""",
    """CREATE FUNCTION instr(said text, wanted text) RETURNS integer LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN strpos(said, wanted)""",
    """CREATE FUNCTION instr(said bytea, wanted bytea) RETURNS integer LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN position(wanted IN said)""",
)
_NUMBERS = (
    """CREATE FUNCTION round(number double precision, digits integer) RETURNS double precision
    LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN pg_catalog.round(number::numeric, digits)::double precision""",
    # SQLite's %g, of the numbers that it is asked about here: six digits at most, no zeros behind.
    """CREATE FUNCTION printf(form text, number double precision) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN (pg_catalog.round(number::numeric, 6)::double precision)::text""",
    """CREATE FUNCTION length(vector halfvec) RETURNS integer LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN vector_dims(vector) * 2""",
    """CREATE FUNCTION weekday_of(taken text) RETURNS text LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
    BEGIN
        RETURN extract(dow FROM make_date(
            substr(taken, 1, 4)::integer, substr(taken, 6, 2)::integer, substr(taken, 9, 2)::integer))::text;
    EXCEPTION WHEN data_exception THEN
        RETURN NULL;
    END $$""",
    """CREATE FUNCTION recollect_kilometres(
        latitude double precision, longitude double precision, other double precision, other_longitude double precision
    ) RETURNS double precision LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN 2 * {earth} * asin(sqrt(least(1.0, power(sin(radians(other - latitude) / 2), 2)
        + cos(radians(latitude)) * cos(radians(other)) * power(sin(radians(other_longitude - longitude) / 2), 2))))""",
)
_TIMES = (
    """CREATE FUNCTION seconds_later(taken text, seconds integer) RETURNS text LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
    AS $$
    BEGIN
        RETURN to_char(taken::timestamp + make_interval(secs => seconds), 'YYYY-MM-DD"T"HH24:MI:SS');
    EXCEPTION WHEN data_exception THEN
        RETURN NULL;
    END $$""",
)
_WORDS = (
    f"""CREATE FUNCTION lexemes_of(said text) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN array_to_tsvector(ARRAY(
        SELECT left(word, {LONGEST_WORD}) FROM unnest(string_to_array(said, ' ')) AS words (word) WHERE word <> ''))""",
    """CREATE FUNCTION trigrams_of(said text) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN (WITH letters AS (SELECT string_to_array(said, NULL) AS all_of_them)
        SELECT array_to_tsvector(ARRAY(
            SELECT all_of_them[place] || all_of_them[place + 1] || all_of_them[place + 2]
            FROM letters, generate_series(1, cardinality(all_of_them) - 2) AS places (place)
            WHERE E'\\n' NOT IN (all_of_them[place], all_of_them[place + 1], all_of_them[place + 2]))))""",
    # Where a phrase begins, as a number of the words before it.
    """CREATE FUNCTION begins(words text[], phrase text) RETURNS TABLE (place integer)
    LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
        SELECT first.place FROM (SELECT string_to_array(phrase, ' ') AS wanted) AS asked,
            generate_subscripts(words, 1) AS first (place)
        WHERE words[first.place] = wanted[1]
            AND words[first.place : first.place + cardinality(wanted) - 1] = wanted $$""",
    # As SQLite's NEAR: a word from which back each phrase begins at most as many words before as it is long and more.
    """CREATE FUNCTION near_held(said text, phrases text[], near integer) RETURNS boolean
    LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
        WITH text AS MATERIALIZED (SELECT string_to_array(said, ' ') AS words),
        found AS MATERIALIZED (
            SELECT phrase, place, cardinality(string_to_array(phrase, ' ')) AS long
            FROM text, unnest(phrases) AS asked (phrase), begins(words, phrase) AS first (place))
        SELECT EXISTS (SELECT 1 FROM found AS last WHERE NOT EXISTS (
            SELECT 1 FROM unnest(phrases) AS asked (phrase) WHERE NOT EXISTS (
                SELECT 1 FROM found WHERE found.phrase = asked.phrase
                    AND found.place BETWEEN last.place - found.long - near AND last.place))) $$""",
    """CREATE FUNCTION is_held(said text, wanted jsonb) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
        SELECT CASE
            WHEN (wanted ->> 'prefix')::boolean THEN strpos(' ' || said, ' ' || (wanted -> 'phrases' ->> 0)) > 0
            WHEN jsonb_array_length(wanted -> 'phrases') = 1
                THEN strpos(' ' || said || ' ', ' ' || (wanted -> 'phrases' ->> 0) || ' ') > 0
            ELSE near_held(said, ARRAY(SELECT jsonb_array_elements_text(wanted -> 'phrases')),
                (wanted ->> 'near')::integer)
        END $$""",
    """CREATE FUNCTION ways_held(said text, wanted jsonb) RETURNS bigint LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
        SELECT count(*) FROM jsonb_array_elements(wanted) AS ways (way) WHERE NOT EXISTS (
            SELECT 1 FROM jsonb_array_elements(way) AS parts (part) WHERE NOT is_held(said, part)) $$""",
    """CREATE FUNCTION holds(said text, wanted jsonb) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 1000
    AS $$ SELECT ways_held(said, wanted) > 0 $$""",
)

_HELD_AGAIN = """INSERT INTO unheld SELECT id FROM contents WHERE id = old.content_id
        AND NOT EXISTS (SELECT 1 FROM files WHERE files.content_id = old.content_id) ON CONFLICT DO NOTHING;"""
_SHOT_DUE = "INSERT INTO shots_due VALUES (new.{0}) ON CONFLICT DO NOTHING;"


def _trigger(name: str, body: str) -> str:
    # With the search path of now: whoever deletes a row by hand has another one.
    return (
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT "
        f"AS $$ BEGIN {body} RETURN NULL; END $$"
    )


TRIGGERS = (
    _trigger("note_new_contents", "INSERT INTO unheld VALUES (new.id) ON CONFLICT DO NOTHING;"),
    _trigger(
        "note_gone_contents",
        "DELETE FROM unheld WHERE content_id = old.id; "
        "DELETE FROM words WHERE rowid BETWEEN old.id * {kinds} AND old.id * {kinds} + {kinds} - 1; "
        "DELETE FROM pieces WHERE rowid BETWEEN old.id * {kinds} AND old.id * {kinds} + {kinds} - 1;",
    ),
    _trigger("note_new_files", "DELETE FROM unheld WHERE content_id = new.content_id;"),
    _trigger("note_changed_files", f"DELETE FROM unheld WHERE content_id = new.content_id; {_HELD_AGAIN}"),
    _trigger("note_gone_files", _HELD_AGAIN),
    _trigger("note_shots_of_files", _SHOT_DUE.format("content_id")),
    _trigger("note_shots_of_photos", _SHOT_DUE.format("id")),
    "CREATE TRIGGER new_contents AFTER INSERT ON contents FOR EACH ROW EXECUTE FUNCTION note_new_contents()",
    "CREATE TRIGGER gone_contents AFTER DELETE ON contents FOR EACH ROW EXECUTE FUNCTION note_gone_contents()",
    "CREATE TRIGGER new_files AFTER INSERT ON files FOR EACH ROW WHEN (new.content_id IS NOT NULL) "
    "EXECUTE FUNCTION note_new_files()",
    "CREATE TRIGGER changed_files AFTER UPDATE OF content_id ON files FOR EACH ROW "
    "WHEN (new.content_id IS DISTINCT FROM old.content_id) EXECUTE FUNCTION note_changed_files()",
    "CREATE TRIGGER gone_files AFTER DELETE ON files FOR EACH ROW WHEN (old.content_id IS NOT NULL) "
    "EXECUTE FUNCTION note_gone_files()",
    "CREATE TRIGGER files_may_be_of_a_shot AFTER INSERT OR UPDATE OF root_id, relative_path, content_id ON files "
    "FOR EACH ROW WHEN (new.content_id IS NOT NULL) EXECUTE FUNCTION note_shots_of_files()",
    "CREATE TRIGGER other_times_are_other_shots AFTER UPDATE OF taken_at ON contents FOR EACH ROW "
    "WHEN (new.taken_at IS DISTINCT FROM old.taken_at) EXECUTE FUNCTION note_shots_of_photos()",
)

# To whoever listens to the schema of the table: which program changed it.
TELL_NEWS = """CREATE FUNCTION tell_news() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    PERFORM pg_notify(TG_TABLE_SCHEMA, coalesce(current_setting('recollect.program', true), '')); RETURN NULL; END $$"""


def tells_news(table: str) -> str:
    """Return what has a table tell of each change."""
    return (
        f"CREATE TRIGGER tells_news AFTER INSERT OR UPDATE OR DELETE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION tell_news()"
    )


FUNCTIONS = (*_NAMES, *_NUMBERS, *_TIMES, *_WORDS)
