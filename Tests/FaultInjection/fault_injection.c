/* The linker takes these functions before those of the C library, for the program and for every library in it. */
#undef _FORTIFY_SOURCE
#define _GNU_SOURCE
#include "fault_injection.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define UNDER_SANITIZER 1
#endif
#endif

static atomic_int is_armed;
static atomic_long calls;
static char folder[4096];
static size_t folder_length;
static long first_call, last_call;
static int current_fault;
static char name_of_call[32];
/* The files of the folder that are open, by descriptor. */
static atomic_char descriptors[1 << 16];

void fault_begin(const char *path, long first, long length, int fault) {
    snprintf(folder, sizeof folder, "%s", path);
    folder_length = strlen(folder);
    first_call = first;
    last_call = first + length;
    current_fault = fault;
    name_of_call[0] = 0;
    atomic_store(&calls, 0);
    atomic_store(&is_armed, 1);
}

long fault_end(void) {
    atomic_store(&is_armed, 0);
    return atomic_load(&calls);
}

const char *fault_call(void) { return name_of_call; }

#ifdef UNDER_SANITIZER
int faults_are_possible(void) { return 0; }
#else
int faults_are_possible(void) { return 1; }

/* Kinds of calls, for faults that only some can have. */
enum { other_call, read_call, lock_call };

static int fails(const char *name, int kind) {
    if (current_fault == fault_damage && kind != read_call) return 0;
    if (current_fault == fault_lock && kind != lock_call) return 0;
    long number = atomic_fetch_add(&calls, 1);
    if (current_fault == fault_none || number < first_call || number >= last_call) return 0;
    if (!name_of_call[0]) snprintf(name_of_call, sizeof name_of_call, "%s", name);
    errno = current_fault == fault_lock ? EAGAIN : current_fault;
    return 1;
}

static int counts_path(const char *path) {
    return atomic_load(&is_armed) && path && strncmp(path, folder, folder_length) == 0;
}

static int counts_descriptor(int descriptor) {
    return atomic_load(&is_armed) && descriptor >= 0 && descriptor < 1 << 16 && atomic_load(&descriptors[descriptor]);
}

static void note(int descriptor, const char *path) {
    if (descriptor < 0 || descriptor >= 1 << 16) return;
    atomic_store(&descriptors[descriptor], path && folder_length > 0 && strncmp(path, folder, folder_length) == 0);
}

#define REAL(name) __typeof__(&name) real = (__typeof__(&name))dlsym(RTLD_NEXT, #name)
#define PATH_CALL(result, name, parameters, path, ...) \
    result name parameters { \
        REAL(name); \
        if (counts_path(path) && fails(#name, other_call)) return -1; \
        return real(__VA_ARGS__); \
    }
#define FILE_CALL(result, name, parameters, descriptor, ...) \
    result name parameters { \
        REAL(name); \
        if (counts_descriptor(descriptor) && fails(#name, other_call)) return -1; \
        return real(__VA_ARGS__); \
    }
#define READ_CALL(name, parameters, descriptor, room, ...) \
    ssize_t name parameters { \
        REAL(name); \
        int isFailing = counts_descriptor(descriptor) && fails(#name, read_call); \
        if (isFailing && current_fault != fault_damage) return -1; \
        ssize_t done = real(__VA_ARGS__); \
        if (isFailing) \
            for (ssize_t index = 0; index < done && index < 100; index++) ((unsigned char *)room)[index] ^= 0xA5; \
        return done; \
    }
#define OPEN_CALL(name, parameters, last, path, ...) \
    int name parameters { \
        REAL(name); \
        va_list rest; \
        va_start(rest, last); \
        mode_t mode = last & (O_CREAT | O_TMPFILE) ? va_arg(rest, mode_t) : 0; \
        va_end(rest); \
        if (counts_path(path) && fails(#name, other_call)) return -1; \
        int descriptor = real(__VA_ARGS__, mode); \
        note(descriptor, path); \
        return descriptor; \
    }
#define LOCK_CALL(name) \
    int name(int descriptor, int command, ...) { \
        REAL(name); \
        va_list rest; \
        va_start(rest, command); \
        void *argument = va_arg(rest, void *); \
        va_end(rest); \
        int isLock = command == F_SETLK || command == F_SETLKW; \
        if (isLock && counts_descriptor(descriptor) && ((struct flock *)argument)->l_type != F_UNLCK \
            && fails(#name, lock_call)) return -1; \
        return real(descriptor, command, argument); \
    }

OPEN_CALL(open, (const char *path, int flags, ...), flags, path, path, flags)
OPEN_CALL(open64, (const char *path, int flags, ...), flags, path, path, flags)
OPEN_CALL(openat, (int at, const char *path, int flags, ...), flags, path, at, path, flags)
OPEN_CALL(openat64, (int at, const char *path, int flags, ...), flags, path, at, path, flags)

int close(int descriptor) {
    REAL(close);
    note(descriptor, NULL);
    return real(descriptor);
}

READ_CALL(read, (int file, void *room, size_t count), file, room, file, room, count)
READ_CALL(pread, (int file, void *room, size_t count, off_t at), file, room, file, room, count, at)
READ_CALL(pread64, (int file, void *room, size_t count, off64_t at), file, room, file, room, count, at)
FILE_CALL(ssize_t, write, (int file, const void *bytes, size_t count), file, file, bytes, count)
FILE_CALL(ssize_t, pwrite, (int file, const void *bytes, size_t count, off_t at), file, file, bytes, count, at)
FILE_CALL(ssize_t, pwrite64, (int file, const void *bytes, size_t count, off64_t at), file, file, bytes, count, at)
FILE_CALL(int, fsync, (int file), file, file)
FILE_CALL(int, fdatasync, (int file), file, file)
FILE_CALL(int, ftruncate, (int file, off_t size), file, file, size)
FILE_CALL(int, ftruncate64, (int file, off64_t size), file, file, size)
FILE_CALL(int, fstat, (int file, struct stat *status), file, file, status)
FILE_CALL(int, fstat64, (int file, struct stat64 *status), file, file, status)
FILE_CALL(int, flock, (int file, int operation), file, file, operation)
PATH_CALL(int, stat, (const char *path, struct stat *status), path, path, status)
PATH_CALL(int, stat64, (const char *path, struct stat64 *status), path, path, status)
PATH_CALL(int, lstat, (const char *path, struct stat *status), path, path, status)
PATH_CALL(int, lstat64, (const char *path, struct stat64 *status), path, path, status)
PATH_CALL(int, access, (const char *path, int mode), path, path, mode)
PATH_CALL(int, rename, (const char *path, const char *new), path, path, new)
PATH_CALL(int, unlink, (const char *path), path, path)
PATH_CALL(int, mkdir, (const char *path, mode_t mode), path, path, mode)
PATH_CALL(int, rmdir, (const char *path), path, path)
LOCK_CALL(fcntl)
LOCK_CALL(fcntl64)
#endif
