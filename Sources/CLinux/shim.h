#ifndef CLINUX_SHIM_H
#define CLINUX_SHIM_H

/* sync_file_range(2) of the C library, which Swift's Glibc module leaves out because <fcntl.h> declares it for
   _GNU_SOURCE only. */
extern int sync_file_range(int fd, long offset, long nbytes, unsigned int flags);

/* "Initiate write-out of all dirty pages in the specified range which are not presently submitted write-out." */
static const unsigned int clinux_sync_file_range_write = 2;

#endif
