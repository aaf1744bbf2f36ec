#ifndef CPOSTGRESQL_SHIM_H
#define CPOSTGRESQL_SHIM_H

#include <dlfcn.h>
#include <stddef.h>
#if __has_include(<postgresql/libpq-fe.h>)
#include <postgresql/libpq-fe.h>
#else
#include <libpq-fe.h>
#endif

/* libpq brings the libraries of Kerberos, LDAP and TLS. It is loaded by the first connection and not with the program, which
   then begins twice as fast, and runs where there is none. */
static inline void *cpq_symbol(const char *name) {
    void *library = dlopen("libpq.so.5", RTLD_NOW | RTLD_LOCAL);
    return library ? dlsym(library, name) : NULL;
}

/* Whether it is there. */
static inline int cpq_isAvailable(void) { return cpq_symbol("PQconnectdbParams") != NULL; }

/* The functions of libpq-fe.h under names that begin with cpq_ in place of PQ; only where it is there. */
#define CPQ_FIND(name) \
    static __typeof__(&PQ##name) known; \
    __typeof__(&PQ##name) function = __atomic_load_n(&known, __ATOMIC_RELAXED); \
    if (!function) { \
        function = (__typeof__(&PQ##name))cpq_symbol("PQ" #name); \
        __atomic_store_n(&known, function, __ATOMIC_RELAXED); \
    }
#define CPQ(result, name, parameters, arguments) \
    static inline result cpq_##name parameters { \
        CPQ_FIND(name) \
        return function arguments; \
    }

CPQ(PGconn *, connectdbParams, (const char *const *names, const char *const *values, int expands), (names, values, expands))
CPQ(void, finish, (PGconn *connection), (connection))
CPQ(ConnStatusType, status, (const PGconn *connection), (connection))
CPQ(char *, errorMessage, (const PGconn *connection), (connection))
CPQ(char *, host, (const PGconn *connection), (connection))
CPQ(char *, port, (const PGconn *connection), (connection))
CPQ(char *, db, (const PGconn *connection), (connection))
CPQ(PQnoticeProcessor, setNoticeProcessor, (PGconn *connection, PQnoticeProcessor processor, void *context),
    (connection, processor, context))
CPQ(PGresult *, exec, (PGconn *connection, const char *sql), (connection, sql))
CPQ(int, sendQuery, (PGconn *connection, const char *sql), (connection, sql))
CPQ(int, setSingleRowMode, (PGconn *connection), (connection))
CPQ(PGresult *, getResult, (PGconn *connection), (connection))
CPQ(int, putCopyData, (PGconn *connection, const char *bytes, int count), (connection, bytes, count))
CPQ(int, putCopyEnd, (PGconn *connection, const char *error), (connection, error))
CPQ(int, getCopyData, (PGconn *connection, char **bytes, int isAsync), (connection, bytes, isAsync))
CPQ(void, freemem, (void *memory), (memory))
CPQ(void, clear, (PGresult *result), (result))
CPQ(ExecStatusType, resultStatus, (const PGresult *result), (result))
CPQ(char *, resultErrorMessage, (const PGresult *result), (result))
CPQ(char *, resultErrorField, (const PGresult *result, int field), (result, field))
CPQ(char *, cmdStatus, (PGresult *result), (result))
CPQ(int, ntuples, (const PGresult *result), (result))
CPQ(int, nfields, (const PGresult *result), (result))
CPQ(int, getisnull, (const PGresult *result, int row, int column), (result, row, column))
CPQ(char *, getvalue, (const PGresult *result, int row, int column), (result, row, column))

#undef CPQ
#undef CPQ_FIND

#endif
