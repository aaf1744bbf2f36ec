#include <sqlite3.h>

/* Swift cannot call functions with a variable number of arguments. */
static inline void sqlite3_disable_views(sqlite3 *database) {
    sqlite3_db_config(database, SQLITE_DBCONFIG_ENABLE_VIEW, 0, (int *)0);
}

/* Whether the last connection that is closed leaves the log as it is, neither brought into the database nor removed. */
static inline void sqlite3_keep_log(sqlite3 *database, int keeps) {
    sqlite3_db_config(database, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, keeps, (int *)0);
}
