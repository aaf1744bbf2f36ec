#ifndef FAULT_INJECTION_H
#define FAULT_INJECTION_H

/* Makes calls of the C library fail in this process, whoever makes them: Swift, Foundation or SQLite.
   Only calls that have to do with files of one folder count. */

/* What a call does instead: an errno of the system, or one of these. */
enum {
    /* A read succeeds with bytes that are none of the file's; no other calls count. */
    fault_damage = -1,
    /* A lock of a record is held by somebody else; no other calls count. */
    fault_lock = -2,
    /* No call fails; all are counted. */
    fault_none = 0
};

/* Whether calls can be made to fail in this build: sanitizers need the same functions for themselves. */
int faults_are_possible(void);

/* Has `length` calls in a row fail, from call number `first` on, counted from 0. */
void fault_begin(const char *folder, long first, long length, int fault);

/* Has no more calls fail, and gives the number of calls that counted. */
long fault_end(void);

/* The name of the first call that has failed since fault_begin; empty if none has. */
const char *fault_call(void);

#endif
