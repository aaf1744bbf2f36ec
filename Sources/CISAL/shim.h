#ifndef CISAL_SHIM_H
#define CISAL_SHIM_H

#include <stddef.h>
#include <stdint.h>
#include <isa-l/igzip_lib.h>
#include <isa-l/crc.h>

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

/* The library's states hold tables of a hundred thousand numbers, each of which Swift would take for a field, and write out how it is
   copied. It gets them as memory without a type. */

static const size_t cisal_deflate_bytes = sizeof(struct isal_zstream);
static const size_t cisal_inflate_bytes = sizeof(struct inflate_state);
static const size_t cisal_level1_bytes = ISAL_DEF_LVL1_DEFAULT;

/* Begins a gzip member of a text at level 1, whose tables have room in `tables`. */
static inline void cisal_deflate_begin(void *state, void *tables, const uint8_t *text, uint32_t count) {
    struct isal_zstream *stream = (struct isal_zstream *)state;
    isal_deflate_init(stream);
    stream->gzip_flag = IGZIP_GZIP;
    stream->level = 1;
    stream->level_buf = (uint8_t *)tables;
    stream->level_buf_size = ISAL_DEF_LVL1_DEFAULT;
    stream->end_of_stream = 1;
    stream->flush = NO_FLUSH;
    /* The library reads the text but declares it as mutable. */
    stream->next_in = (uint8_t *)text;
    stream->avail_in = count;
}

/* Goes on with it; `*count` bytes of room, and then those that are left of it. 1 behind the end, 0 before, -1 if it refuses. */
static inline int cisal_deflate(void *state, uint8_t *room, uint32_t *count) {
    struct isal_zstream *stream = (struct isal_zstream *)state;
    stream->next_out = room;
    stream->avail_out = *count;
    int status = isal_deflate(stream);
    cisal_clear_upper_halves();
    *count = stream->avail_out;
    return status != COMP_OK ? -1 : stream->internal_state.state == ZSTATE_END;
}

/* Begins to read a gzip member. */
static inline void cisal_inflate_begin(void *state) {
    isal_inflate_init((struct inflate_state *)state);
    /* "If the crc_flag is set to ISAL_GZIP ..., the gzip ... header is parsed, ... and the checksum is verified." */
    ((struct inflate_state *)state)->crc_flag = ISAL_GZIP;
}

/* Goes on with it; numbers of bytes, and then those that are left. The library's status; `*is_finished` behind the end. */
static inline int cisal_inflate(
    void *memory, const uint8_t *bytes, uint32_t *count, uint8_t *room, uint32_t *room_count, int *is_finished
) {
    struct inflate_state *state = (struct inflate_state *)memory;
    state->next_in = (uint8_t *)bytes;
    state->avail_in = *count;
    state->next_out = room;
    state->avail_out = *room_count;
    int status = isal_inflate(state);
    cisal_clear_upper_halves();
    *count = state->avail_in;
    *room_count = state->avail_out;
    *is_finished = state->block_state == ISAL_BLOCK_FINISH;
    return status;
}

#endif
