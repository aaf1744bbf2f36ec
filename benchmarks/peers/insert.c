/* Inserts the rows of a finished dataset into a new SQLite file through SQLite's C API, and says how long that took.
 *
 *   cc -O3 -march=native -o insert insert.c -lsqlite3
 *   insert DATASET.sqlite ROWS OUTPUT prepared|tricks
 *
 * The readings are in memory, and the texts of the sensors, before the clock starts: what is measured is SQLite alone.
 *   prepared   a prepared INSERT in transactions of 100,000 rows; no journal, no sync, exclusive lock, 64 MiB of cache
 *   tricks     the same, and: INSERT ... SELECT from a virtual table, so that no statement is stepped per row; pages of
 *              64 KiB; INTEGER PRIMARY KEY without AUTOINCREMENT, which is another schema than the dataset's
 * Prints one JSON object: rows, seconds of wall, user and system time, peak memory in KiB, bytes of the file.
 */
#define _GNU_SOURCE
#include <sqlite3.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <time.h>

enum { COLUMNS = 22, ROWS_PER_TRANSACTION = 100000, CONSTANTS = 11, TIMESTAMP = 26 };

/* A value that all rows of a sensor share; type as of sqlite3_column_type. */
typedef struct { int type, size; char *text; double number; } Constant;
typedef struct { Constant id, columns[CONSTANTS]; } Sensor;
typedef struct { double metrics[4]; int32_t sensor, tick; uint8_t status, flag, present, kind; } Row;
typedef struct { char text[32]; } Text;

static Sensor *sensors;
static int sensor_count;
static Row *rows;
static int64_t row_count;
static Text *ticks;
static Text kinds[16];
static int kind_count = 1; /* 0 is none */

static void fail(const char *what) {
    fprintf(stderr, "insert: %s\n", what);
    exit(1);
}

static void *checked(void *memory) {
    if (!memory) fail("out of memory");
    return memory;
}

static void run(sqlite3 *database, const char *sql) {
    char *message = NULL;
    if (sqlite3_exec(database, sql, NULL, NULL, &message)) fail(message);
}

static Constant constant(sqlite3_stmt *query, int column) {
    Constant value = {.type = sqlite3_column_type(query, column)};
    if (value.type == SQLITE_TEXT) {
        value.size = sqlite3_column_bytes(query, column);
        value.text = checked(strdup((const char *)sqlite3_column_text(query, column)));
    } else if (value.type != SQLITE_NULL) {
        value.number = sqlite3_column_double(query, column);
    }
    return value;
}

/* The sensor of a reading: the one after the last reading's in time order, else found by its name. */
static int32_t sensor_of(const char *id, int32_t guess) {
    if (guess < sensor_count && !strcmp(sensors[guess].id.text, id)) return guess;
    for (int32_t index = 0; index < sensor_count; index++)
        if (!strcmp(sensors[index].id.text, id)) return index;
    fail("a reading of no sensor");
    return 0;
}

static uint8_t kind_of(const char *name) {
    if (!name) return 0;
    for (int kind = 1; kind < kind_count; kind++)
        if (!strcmp(kinds[kind].text, name)) return kind;
    if (kind_count == 16) fail("too many types of anomalies");
    snprintf(kinds[kind_count].text, sizeof kinds[0].text, "%s", name);
    return kind_count++;
}

static sqlite3_stmt *prepared(sqlite3 *database, const char *sql) {
    sqlite3_stmt *statement;
    if (sqlite3_prepare_v3(database, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL))
        fail(sqlite3_errmsg(database));
    return statement;
}

/* Reads readings and sensors; returns the SQL of their table. */
static char *load(const char *path, int64_t limit) {
    sqlite3 *database;
    if (sqlite3_open_v2(path, &database, SQLITE_OPEN_READONLY, NULL)) fail("cannot open the dataset");
    sqlite3_stmt *query = prepared(database, "SELECT sql FROM sqlite_master WHERE name = 'sensor_data'");
    if (sqlite3_step(query) != SQLITE_ROW) fail("the dataset has no readings");
    char *schema = checked(strdup((const char *)sqlite3_column_text(query, 0)));
    sqlite3_finalize(query);

    query = prepared(database, "SELECT count(*) FROM sensors");
    sqlite3_step(query);
    sensors = checked(calloc(sqlite3_column_int(query, 0) + 1, sizeof *sensors));
    sqlite3_finalize(query);
    query = prepared(database,
        "SELECT sensor_id, firmware_version, model, manufacturer, serial_number, location, latitude, longitude, "
        "timezone, deployment_type, installation_date, height_meters FROM sensors ORDER BY rowid");
    while (sqlite3_step(query) == SQLITE_ROW) {
        Sensor *sensor = &sensors[sensor_count++];
        sensor->id = constant(query, 0);
        for (int column = 0; column < CONSTANTS; column++) sensor->columns[column] = constant(query, 1 + column);
    }
    sqlite3_finalize(query);

    rows = checked(malloc((limit + 1) * sizeof *rows));
    ticks = checked(malloc((limit + 1) * sizeof *ticks));
    query = prepared(database,
        "SELECT timestamp, sensor_id, temperature, humidity, pressure, voltage, status_code, anomaly_flag, "
        "anomaly_type FROM sensor_data ORDER BY id LIMIT ?");
    sqlite3_bind_int64(query, 1, limit);
    int32_t tick = -1, sensor = -1;
    while (sqlite3_step(query) == SQLITE_ROW) {
        const char *timestamp = (const char *)sqlite3_column_text(query, 0);
        if (sqlite3_column_bytes(query, 0) != TIMESTAMP) fail("timestamps are not of the default kind");
        if (tick < 0 || memcmp(ticks[tick].text, timestamp, TIMESTAMP))
            memcpy(ticks[++tick].text, timestamp, TIMESTAMP + 1);
        sensor = sensor_of((const char *)sqlite3_column_text(query, 1), (sensor + 1) % sensor_count);
        Row row = {.sensor = sensor, .tick = tick};
        for (int metric = 0; metric < 4; metric++) {
            if (sqlite3_column_type(query, 2 + metric) == SQLITE_NULL) continue;
            row.present |= 1 << metric;
            row.metrics[metric] = sqlite3_column_double(query, 2 + metric);
        }
        row.status = sqlite3_column_int(query, 6);
        row.flag = sqlite3_column_int(query, 7);
        row.kind = kind_of((const char *)sqlite3_column_text(query, 8));
        rows[row_count++] = row;
    }
    sqlite3_finalize(query);
    sqlite3_close(database);
    return schema;
}

static void bind_constant(sqlite3_stmt *insert, int parameter, const Constant *value) {
    if (value->type == SQLITE_TEXT) sqlite3_bind_text(insert, parameter, value->text, value->size, SQLITE_STATIC);
    else if (value->type == SQLITE_NULL) sqlite3_bind_null(insert, parameter);
    else sqlite3_bind_double(insert, parameter, value->number);
}

static void insert_prepared(sqlite3 *database) {
    sqlite3_stmt *insert = prepared(database,
        "INSERT INTO sensor_data VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)");
    run(database, "BEGIN");
    for (int64_t index = 0; index < row_count; index++) {
        const Row *row = &rows[index];
        const Sensor *sensor = &sensors[row->sensor];
        sqlite3_bind_int64(insert, 1, index + 1);
        sqlite3_bind_text(insert, 2, ticks[row->tick].text, TIMESTAMP, SQLITE_STATIC);
        bind_constant(insert, 3, &sensor->id);
        for (int metric = 0; metric < 4; metric++) {
            if (row->present >> metric & 1) sqlite3_bind_double(insert, 4 + metric, row->metrics[metric]);
            else sqlite3_bind_null(insert, 4 + metric);
        }
        sqlite3_bind_int(insert, 8, row->status);
        sqlite3_bind_int(insert, 9, row->flag);
        if (row->kind) sqlite3_bind_text(insert, 10, kinds[row->kind].text, -1, SQLITE_STATIC);
        else sqlite3_bind_null(insert, 10);
        for (int column = 0; column < CONSTANTS; column++) bind_constant(insert, 11 + column, &sensor->columns[column]);
        sqlite3_bind_int(insert, 22, 0);
        if (sqlite3_step(insert) != SQLITE_DONE) fail(sqlite3_errmsg(database));
        sqlite3_reset(insert);
        if ((index + 1) % ROWS_PER_TRANSACTION == 0) run(database, "COMMIT; BEGIN");
    }
    run(database, "COMMIT");
    sqlite3_finalize(insert);
}

/* The virtual table of the rows `first` to `end`; see https://www.sqlite.org/vtab.html. */
static int64_t first_row, end_row;
typedef struct { sqlite3_vtab_cursor base; int64_t row; } Cursor;

static int connect_table(sqlite3 *database, void *context, int count, const char *const *arguments,
                         sqlite3_vtab **table, char **message) {
    (void)context, (void)count, (void)arguments, (void)message;
    *table = checked(calloc(1, sizeof **table));
    return sqlite3_declare_vtab(database, "CREATE TABLE x(a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p,q,r,s,t,u,v)");
}
static int disconnect_table(sqlite3_vtab *table) { free(table); return SQLITE_OK; }
static int best_index(sqlite3_vtab *table, sqlite3_index_info *info) {
    (void)table;
    info->estimatedCost = 1;
    return SQLITE_OK;
}
static int open_cursor(sqlite3_vtab *table, sqlite3_vtab_cursor **cursor) {
    (void)table;
    *cursor = checked(calloc(1, sizeof(Cursor)));
    return SQLITE_OK;
}
static int close_cursor(sqlite3_vtab_cursor *cursor) { free(cursor); return SQLITE_OK; }
static int filter(sqlite3_vtab_cursor *cursor, int number, const char *name, int count, sqlite3_value **arguments) {
    (void)number, (void)name, (void)count, (void)arguments;
    ((Cursor *)cursor)->row = first_row;
    return SQLITE_OK;
}
static int next_row(sqlite3_vtab_cursor *cursor) { ((Cursor *)cursor)->row++; return SQLITE_OK; }
static int is_at_end(sqlite3_vtab_cursor *cursor) { return ((Cursor *)cursor)->row >= end_row; }
static int row_id(sqlite3_vtab_cursor *cursor, sqlite3_int64 *id) { *id = ((Cursor *)cursor)->row; return SQLITE_OK; }

static void give_constant(sqlite3_context *context, const Constant *value) {
    if (value->type == SQLITE_TEXT) sqlite3_result_text(context, value->text, value->size, SQLITE_STATIC);
    else if (value->type != SQLITE_NULL) sqlite3_result_double(context, value->number);
}

static int column_value(sqlite3_vtab_cursor *cursor, sqlite3_context *context, int column) {
    int64_t index = ((Cursor *)cursor)->row;
    const Row *row = &rows[index];
    const Sensor *sensor = &sensors[row->sensor];
    switch (column) {
    case 0: sqlite3_result_int64(context, index + 1); break;
    case 1: sqlite3_result_text(context, ticks[row->tick].text, TIMESTAMP, SQLITE_STATIC); break;
    case 2: give_constant(context, &sensor->id); break;
    case 3: case 4: case 5: case 6:
        if (row->present >> (column - 3) & 1) sqlite3_result_double(context, row->metrics[column - 3]);
        break;
    case 7: sqlite3_result_int(context, row->status); break;
    case 8: sqlite3_result_int(context, row->flag); break;
    case 9: if (row->kind) sqlite3_result_text(context, kinds[row->kind].text, -1, SQLITE_STATIC); break;
    case 21: sqlite3_result_int(context, 0); break;
    default: give_constant(context, &sensor->columns[column - 10]);
    }
    return SQLITE_OK;
}

static sqlite3_module module = {
    .iVersion = 1, .xConnect = connect_table, .xBestIndex = best_index, .xDisconnect = disconnect_table,
    .xOpen = open_cursor, .xClose = close_cursor, .xFilter = filter, .xNext = next_row, .xEof = is_at_end,
    .xColumn = column_value, .xRowid = row_id,
};

static void insert_from_virtual_table(sqlite3 *database) {
    sqlite3_create_module(database, "readings", &module, NULL);
    for (first_row = 0; first_row < row_count; first_row = end_row) {
        end_row = first_row + ROWS_PER_TRANSACTION < row_count ? first_row + ROWS_PER_TRANSACTION : row_count;
        run(database, "INSERT INTO sensor_data SELECT * FROM readings");
    }
}

static double seconds(struct timeval time) { return time.tv_sec + time.tv_usec * 1e-6; }

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec + time.tv_nsec * 1e-9;
}

int main(int count, char **arguments) {
    if (count != 5) fail("usage: insert DATASET.sqlite ROWS OUTPUT prepared|tricks");
    int with_tricks = !strcmp(arguments[4], "tricks");
    sqlite3_config(SQLITE_CONFIG_SINGLETHREAD);
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    char *schema = load(arguments[1], atoll(arguments[2]));
    if (with_tricks) {
        char *word = strstr(schema, " AUTOINCREMENT");
        if (word) memset(word, ' ', strlen(" AUTOINCREMENT"));
    }

    struct rusage before, after;
    getrusage(RUSAGE_SELF, &before);
    double begin = now();
    sqlite3 *database;
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;
    if (sqlite3_open_v2(arguments[3], &database, flags, NULL))
        fail("cannot create the output");
    run(database, with_tricks ? "PRAGMA page_size = 65536" : "PRAGMA page_size = 4096");
    run(database, "PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;"
                  "PRAGMA cache_size = -65536; PRAGMA temp_store = MEMORY");
    run(database, schema);
    if (with_tricks) insert_from_virtual_table(database);
    else insert_prepared(database);
    if (sqlite3_close(database)) fail("cannot close the output");
    double wall = now() - begin;
    getrusage(RUSAGE_SELF, &after);

    struct stat status;
    if (stat(arguments[3], &status)) fail("there is no output");
    printf("{\"rows\": %lld, \"wall\": %.6f, \"user\": %.6f, \"system\": %.6f, \"peak\": %ld, \"bytes\": %lld}\n",
           (long long)row_count, wall, seconds(after.ru_utime) - seconds(before.ru_utime),
           seconds(after.ru_stime) - seconds(before.ru_stime), after.ru_maxrss, (long long)status.st_size);
    return 0;
}
