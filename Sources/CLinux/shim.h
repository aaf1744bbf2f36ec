#ifndef CLINUX_SHIM_H
#define CLINUX_SHIM_H

/* sync_file_range(2) of the C library, which Swift's Glibc module leaves out because <fcntl.h> declares it for
   _GNU_SOURCE only. */
extern int sync_file_range(int fd, long offset, long nbytes, unsigned int flags);

/* "Initiate write-out of all dirty pages in the specified range which are not presently submitted write-out." */
static const unsigned int clinux_sync_file_range_write = 2;

/* mallopt(3) with M_MMAP_THRESHOLD of the GNU C library: allocations from `bytes` on are mapped one by one, and go back to
   the system when they are freed. Left alone, the limit rises with what is freed. False where the C library has no such
   limit. */
#if defined(__linux__)
#include <features.h>
#endif
#if defined(__GLIBC__)
extern int mallopt(int param, int value);
static inline int clinux_map_allocations(int bytes) { return mallopt(-3, bytes); }
#else
static inline int clinux_map_allocations(int bytes) { (void)bytes; return 0; }
#endif

#endif
