#ifndef CKAFKA_SHIM_H
#define CKAFKA_SHIM_H

#include <dlfcn.h>
#include <stddef.h>
#include <librdkafka/rdkafka.h>

/* librdkafka brings the libraries of TLS, SASL and compression. It is loaded by the first connection and not with the program,
   which runs where there is none. */
static inline void *ckafka_symbol(const char *name) {
    void *library = dlopen("librdkafka.so.1", RTLD_NOW | RTLD_LOCAL);
    return library ? dlsym(library, name) : NULL;
}

/* Whether it is there. */
static inline int ckafka_isAvailable(void) { return ckafka_symbol("rd_kafka_new") != NULL; }

/* The functions of the library under names that begin with ckafka_ in place of rd_kafka_; only where it is there. */
#define CKAFKA(result, name, parameters, arguments) \
    static inline result ckafka_##name parameters { \
        static __typeof__(&rd_kafka_##name) known; \
        __typeof__(&rd_kafka_##name) function = __atomic_load_n(&known, __ATOMIC_RELAXED); \
        if (!function) { \
            function = (__typeof__(&rd_kafka_##name))ckafka_symbol("rd_kafka_" #name); \
            __atomic_store_n(&known, function, __ATOMIC_RELAXED); \
        } \
        return function arguments; \
    }

typedef void (*ckafka_log)(const rd_kafka_t *client, int level, const char *name, const char *text);
typedef void (*ckafka_error)(rd_kafka_t *client, int code, const char *reason, void *context);
typedef void (*ckafka_report)(rd_kafka_t *client, const rd_kafka_message_t *message, void *context);

CKAFKA(rd_kafka_conf_t *, conf_new, (void), ())
CKAFKA(void, conf_destroy, (rd_kafka_conf_t *settings), (settings))
CKAFKA(rd_kafka_conf_res_t, conf_set,
    (rd_kafka_conf_t *settings, const char *name, const char *value, char *reason, size_t size),
    (settings, name, value, reason, size))
CKAFKA(void, conf_set_opaque, (rd_kafka_conf_t *settings, void *context), (settings, context))
CKAFKA(void, conf_set_log_cb, (rd_kafka_conf_t *settings, ckafka_log callback), (settings, callback))
CKAFKA(void, conf_set_error_cb, (rd_kafka_conf_t *settings, ckafka_error callback), (settings, callback))
CKAFKA(void, conf_set_dr_msg_cb, (rd_kafka_conf_t *settings, ckafka_report callback), (settings, callback))
CKAFKA(rd_kafka_t *, new, (rd_kafka_type_t type, rd_kafka_conf_t *settings, char *reason, size_t size),
    (type, settings, reason, size))
CKAFKA(void, destroy, (rd_kafka_t *client), (client))
CKAFKA(rd_kafka_resp_err_t, purge, (rd_kafka_t *client, int flags), (client, flags))
CKAFKA(int, poll, (rd_kafka_t *client, int milliseconds), (client, milliseconds))
CKAFKA(rd_kafka_topic_t *, topic_new, (rd_kafka_t *client, const char *name, rd_kafka_topic_conf_t *settings),
    (client, name, settings))
CKAFKA(void, topic_destroy, (rd_kafka_topic_t *topic), (topic))
CKAFKA(int, produce,
    (rd_kafka_topic_t *topic, int32_t partition, int flags, void *payload, size_t count, const void *key, size_t keyCount, void *context),
    (topic, partition, flags, payload, count, key, keyCount, context))
CKAFKA(rd_kafka_resp_err_t, last_error, (void), ())
CKAFKA(rd_kafka_msg_status_t, message_status, (const rd_kafka_message_t *message), (message))
CKAFKA(const char *, err2str, (rd_kafka_resp_err_t code), (code))
CKAFKA(rd_kafka_resp_err_t, fatal_error, (rd_kafka_t *client, char *reason, size_t size), (client, reason, size))
CKAFKA(rd_kafka_resp_err_t, metadata,
    (rd_kafka_t *client, int isOfAll, rd_kafka_topic_t *topic, const struct rd_kafka_metadata **answer, int milliseconds),
    (client, isOfAll, topic, answer, milliseconds))
CKAFKA(void, metadata_destroy, (const struct rd_kafka_metadata *answer), (answer))
CKAFKA(rd_kafka_resp_err_t, query_watermark_offsets,
    (rd_kafka_t *client, const char *topic, int32_t partition, int64_t *low, int64_t *high, int milliseconds),
    (client, topic, partition, low, high, milliseconds))

CKAFKA(rd_kafka_topic_partition_list_t *, topic_partition_list_new, (int count), (count))
CKAFKA(void, topic_partition_list_destroy, (rd_kafka_topic_partition_list_t *list), (list))
CKAFKA(rd_kafka_topic_partition_t *, topic_partition_list_add,
    (rd_kafka_topic_partition_list_t *list, const char *topic, int32_t partition), (list, topic, partition))
CKAFKA(rd_kafka_resp_err_t, assign, (rd_kafka_t *client, const rd_kafka_topic_partition_list_t *list), (client, list))
CKAFKA(rd_kafka_message_t *, consumer_poll, (rd_kafka_t *client, int milliseconds), (client, milliseconds))
CKAFKA(rd_kafka_resp_err_t, consumer_close, (rd_kafka_t *client), (client))
CKAFKA(void, message_destroy, (rd_kafka_message_t *message), (message))

#undef CKAFKA

#endif
