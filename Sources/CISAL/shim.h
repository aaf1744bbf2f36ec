#ifndef CISAL_SHIM_H
#define CISAL_SHIM_H

#include <stdint.h>
#include <isa-l/igzip_lib.h>
#include <isa-l/crc.h>

/* A constant that Swift cannot see. */
static const int cisal_level1_bytes = ISAL_DEF_LVL1_DEFAULT;

/* Leaves the vector registers as code for all processors knows them.

   ISA-L takes the widest vectors there are, and does not always clear what they leave in the upper halves of the registers. Code that
   knows only of the lower halves then has to keep the upper ones, in each instruction, until something clears them: on a
   processor of 2022 with AVX-512, floating point took twice the time and SHA-256 a quarter more. */
static inline void cisal_clear_upper_halves(void) {
/* A compiler that uses them itself clears them itself. */
#if defined(__x86_64__) && !defined(__AVX__)
    if (__builtin_cpu_supports("avx")) __asm__ volatile("vzeroupper");
#endif
}

static inline uint32_t cisal_crc32(uint32_t seed, const unsigned char *bytes, uint64_t count) {
    uint32_t checksum = crc32_gzip_refl(seed, bytes, count);
    cisal_clear_upper_halves();
    return checksum;
}

static inline int cisal_deflate(struct isal_zstream *stream) {
    int status = isal_deflate(stream);
    cisal_clear_upper_halves();
    return status;
}

static inline int cisal_inflate(struct inflate_state *state) {
    int status = isal_inflate(state);
    cisal_clear_upper_halves();
    return status;
}

#endif
