#include <isa-l/igzip_lib.h>
#include <isa-l/crc.h>

/* A constant that Swift cannot see. */
static const int cisal_level1_bytes = ISAL_DEF_LVL1_DEFAULT;
