-- A strict stand-in for TimescaleDB, which has no package here: what its documentation says of the calls that a load makes.
-- psql -v version=2.19.0 -f timescale_standin.sql

SET allow_system_table_mods = on;
INSERT INTO pg_extension (oid, extname, extowner, extnamespace, extrelocatable, extversion)
VALUES (99999, 'timescaledb', 10, 'public'::regnamespace, false, :'version');
RESET allow_system_table_mods;

CREATE SCHEMA timescaledb_information;
CREATE TABLE standin_dimensions (relation oid PRIMARY KEY, column_name name NOT NULL);
CREATE VIEW timescaledb_information.dimensions AS
    SELECT nspname AS hypertable_schema, relname AS hypertable_name, 1 AS dimension_number, column_name
    FROM standin_dimensions JOIN pg_class ON pg_class.oid = relation JOIN pg_namespace ON pg_namespace.oid = relnamespace;
CREATE TABLE timescaledb_information.jobs (proc_name name, hypertable_schema name, hypertable_name name, config jsonb);

CREATE FUNCTION create_hypertable(relation regclass, time_column_name name) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
    is_filled boolean;
BEGIN
    EXECUTE format('SELECT EXISTS (SELECT FROM %s)', relation) INTO is_filled;
    IF is_filled THEN
        RAISE 'table "%" is not empty', relation;
    END IF;
    PERFORM FROM pg_attribute
        WHERE attrelid = relation AND attname = time_column_name AND atttypid = 'timestamptz'::regtype;
    IF NOT FOUND THEN
        RAISE 'column "%" does not exist', time_column_name;
    END IF;
    PERFORM FROM pg_index WHERE indrelid = relation AND indisunique;
    IF FOUND THEN
        RAISE 'cannot create a unique index without the column "%"', time_column_name;
    END IF;
    INSERT INTO standin_dimensions VALUES (relation, time_column_name);
    RETURN 1;
END
$$;

-- A hypertable that is compressed takes no constraints.
CREATE FUNCTION refuse_constraints() RETURNS event_trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM pg_event_trigger_ddl_commands() JOIN standin_dimensions ON objid = relation
        WHERE command_tag = 'ALTER TABLE';
    IF FOUND THEN
        RAISE 'operation not supported on hypertables that have columnstore enabled';
    END IF;
END
$$;
CREATE EVENT TRIGGER refuse_constraints ON ddl_command_end EXECUTE FUNCTION refuse_constraints();
