#include <sqlite3.h>

/* Swift cannot call functions with a variable number of arguments. */
static inline void sqlite3_disable_views(sqlite3 *database) {
    sqlite3_db_config(database, SQLITE_DBCONFIG_ENABLE_VIEW, 0, (int *)0);
}
