#include <isa-l/igzip_lib.h>
#include <isa-l/crc.h>

/* The sizes are macros of sums of sizeof, which Swift cannot import. */
static inline uint32_t isal_level_buffer_size(int level)
{
    return level == 1 ? ISAL_DEF_LVL1_DEFAULT : level == 2 ? ISAL_DEF_LVL2_DEFAULT : ISAL_DEF_LVL3_DEFAULT;
}
