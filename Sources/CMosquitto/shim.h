#ifndef CMOSQUITTO_SHIM_H
#define CMOSQUITTO_SHIM_H

#include <dlfcn.h>
#include <stddef.h>
#include <mosquitto.h>

/* libmosquitto brings the library of TLS. It is loaded by the first connection and not with the program, which runs where there
   is none. */
static inline void *cmosq_symbol(const char *name) {
    void *library = dlopen("libmosquitto.so.1", RTLD_NOW | RTLD_LOCAL);
    return library ? dlsym(library, name) : NULL;
}

/* Whether it is there. */
static inline int cmosq_isAvailable(void) { return cmosq_symbol("mosquitto_lib_init") != NULL; }

/* The functions of the library under names that begin with cmosq_ in place of mosquitto_; only where it is there. */
#define CMOSQ(result, name, parameters, arguments) \
    static inline result cmosq_##name parameters { \
        static __typeof__(&mosquitto_##name) known; \
        __typeof__(&mosquitto_##name) function = __atomic_load_n(&known, __ATOMIC_RELAXED); \
        if (!function) { \
            function = (__typeof__(&mosquitto_##name))cmosq_symbol("mosquitto_" #name); \
            __atomic_store_n(&known, function, __ATOMIC_RELAXED); \
        } \
        return function arguments; \
    }

typedef void (*cmosq_connected)(struct mosquitto *client, void *context, int code);
typedef void (*cmosq_disconnected)(struct mosquitto *client, void *context, int code);
typedef void (*cmosq_published)(struct mosquitto *client, void *context, int number, int code,
                                const mosquitto_property *properties);
typedef void (*cmosq_unsubscribed)(struct mosquitto *client, void *context, int number);
typedef void (*cmosq_received)(struct mosquitto *client, void *context, const struct mosquitto_message *message);
typedef int (*cmosq_password)(char *room, int size, int purpose, void *context);

CMOSQ(int, lib_init, (void), ())
CMOSQ(struct mosquitto *, new, (const char *id, bool isClean, void *context), (id, isClean, context))
CMOSQ(void, destroy, (struct mosquitto *client), (client))
CMOSQ(int, int_option, (struct mosquitto *client, enum mosq_opt_t option, int value), (client, option, value))
CMOSQ(int, username_pw_set, (struct mosquitto *client, const char *user, const char *password),
    (client, user, password))
CMOSQ(int, tls_set,
    (struct mosquitto *client, const char *file, const char *folder, const char *certificate, const char *key, cmosq_password askPassword),
    (client, file, folder, certificate, key, askPassword))
CMOSQ(int, will_set,
    (struct mosquitto *client, const char *topic, int count, const void *payload, int qos, bool isRetained),
    (client, topic, count, payload, qos, isRetained))
CMOSQ(int, connect, (struct mosquitto *client, const char *host, int port, int keepalive),
    (client, host, port, keepalive))
CMOSQ(int, disconnect, (struct mosquitto *client), (client))
CMOSQ(int, publish,
    (struct mosquitto *client, int *number, const char *topic, int count, const void *payload, int qos, bool isRetained),
    (client, number, topic, count, payload, qos, isRetained))
CMOSQ(int, subscribe, (struct mosquitto *client, int *number, const char *topic, int qos), (client, number, topic, qos))
CMOSQ(int, unsubscribe, (struct mosquitto *client, int *number, const char *topic), (client, number, topic))
CMOSQ(int, loop, (struct mosquitto *client, int milliseconds, int packets), (client, milliseconds, packets))
CMOSQ(const char *, strerror, (int code), (code))
CMOSQ(const char *, reason_string, (int code), (code))
CMOSQ(const char *, connack_string, (int code), (code))
CMOSQ(void, connect_callback_set, (struct mosquitto *client, cmosq_connected callback), (client, callback))
CMOSQ(void, disconnect_callback_set, (struct mosquitto *client, cmosq_disconnected callback), (client, callback))
CMOSQ(void, publish_v5_callback_set, (struct mosquitto *client, cmosq_published callback), (client, callback))
CMOSQ(void, unsubscribe_callback_set, (struct mosquitto *client, cmosq_unsubscribed callback), (client, callback))
CMOSQ(void, message_callback_set, (struct mosquitto *client, cmosq_received callback), (client, callback))

#undef CMOSQ

#endif
