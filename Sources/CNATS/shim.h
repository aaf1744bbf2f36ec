#ifndef CNATS_SHIM_H
#define CNATS_SHIM_H

#include <dlfcn.h>
#include <stddef.h>
#include <nats/nats.h>

/* libnats brings the library of TLS. It is loaded by the first connection and not with the program, which runs where there is
   none. */
static inline void *cnats_symbol(const char *name) {
    void *library = dlopen("libnats.so.3.4", RTLD_NOW | RTLD_LOCAL);
    return library ? dlsym(library, name) : NULL;
}

/* Whether it is there. */
static inline int cnats_isAvailable(void) { return cnats_symbol("natsConnection_Connect") != NULL; }

/* The functions of the library with cnats_ before their names; only where it is there. */
#define CNATS(result, name, parameters, arguments) \
    static inline result cnats_##name parameters { \
        static __typeof__(&name) known; \
        __typeof__(&name) function = __atomic_load_n(&known, __ATOMIC_RELAXED); \
        if (!function) { \
            function = (__typeof__(&name))cnats_symbol(#name); \
            __atomic_store_n(&known, function, __ATOMIC_RELAXED); \
        } \
        return function arguments; \
    }

CNATS(natsStatus, natsOptions_Create, (natsOptions **options), (options))
CNATS(void, natsOptions_Destroy, (natsOptions *options), (options))
CNATS(natsStatus, natsOptions_SetServers, (natsOptions *options, const char **servers, int count),
    (options, servers, count))
CNATS(natsStatus, natsOptions_SetUserInfo, (natsOptions *options, const char *user, const char *password),
    (options, user, password))
CNATS(natsStatus, natsOptions_SetToken, (natsOptions *options, const char *token), (options, token))
CNATS(natsStatus, natsOptions_SetUserCredentialsFromFiles, (natsOptions *options, const char *file, const char *seed),
    (options, file, seed))
CNATS(natsStatus, natsOptions_SetSecure, (natsOptions *options, bool isSecure), (options, isSecure))
CNATS(natsStatus, natsOptions_LoadCATrustedCertificates, (natsOptions *options, const char *file), (options, file))
CNATS(natsStatus, natsOptions_SetTimeout, (natsOptions *options, int64_t milliseconds), (options, milliseconds))
CNATS(natsStatus, natsOptions_SetWriteDeadline, (natsOptions *options, int64_t milliseconds), (options, milliseconds))
CNATS(natsStatus, natsOptions_SetName, (natsOptions *options, const char *name), (options, name))
CNATS(natsStatus, natsOptions_SetAllowReconnect, (natsOptions *options, bool isAllowed), (options, isAllowed))
CNATS(natsStatus, natsConnection_Connect, (natsConnection **connection, natsOptions *options), (connection, options))
CNATS(void, natsConnection_Destroy, (natsConnection *connection), (connection))
CNATS(natsStatus, natsConnection_Publish,
    (natsConnection *connection, const char *subject, const void *payload, int count),
    (connection, subject, payload, count))
CNATS(natsStatus, natsConnection_FlushTimeout, (natsConnection *connection, int64_t milliseconds),
    (connection, milliseconds))
CNATS(natsStatus, natsConnection_GetLastError, (natsConnection *connection, const char **text), (connection, text))
CNATS(const char *, natsStatus_GetText, (natsStatus status), (status))
CNATS(const char *, nats_GetLastError, (natsStatus *status), (status))
CNATS(natsStatus, natsConnection_JetStream, (jsCtx **stream, natsConnection *connection, jsOptions *options),
    (stream, connection, options))
CNATS(natsStatus, jsOptions_Init, (jsOptions *options), (options))
CNATS(void, jsCtx_Destroy, (jsCtx *stream), (stream))
CNATS(natsStatus, jsPubOptions_Init, (jsPubOptions *options), (options))
CNATS(natsStatus, js_PublishAsync,
    (jsCtx *stream, const char *subject, const void *payload, int count, jsPubOptions *options),
    (stream, subject, payload, count, options))
CNATS(natsStatus, js_PublishAsyncComplete, (jsCtx *stream, jsPubOptions *options), (stream, options))
CNATS(natsStatus, js_Streams, (jsStreamInfoList **list, jsCtx *js, jsOptions *options, jsErrCode *code),
    (list, js, options, code))
CNATS(void, jsStreamInfoList_Destroy, (jsStreamInfoList *list), (list))
CNATS(natsStatus, jsSubOptions_Init, (jsSubOptions *options), (options))
CNATS(natsStatus, js_SubscribeSync,
    (natsSubscription **subscription, jsCtx *js, const char *subject, jsOptions *options, jsSubOptions *own, jsErrCode *code),
    (subscription, js, subject, options, own, code))
CNATS(natsStatus, natsSubscription_GetConsumerInfo,
    (jsConsumerInfo **info, natsSubscription *subscription, jsOptions *options, jsErrCode *code),
    (info, subscription, options, code))
CNATS(void, jsConsumerInfo_Destroy, (jsConsumerInfo *info), (info))
CNATS(natsStatus, natsSubscription_NextMsg, (natsMsg **message, natsSubscription *subscription, int64_t milliseconds),
    (message, subscription, milliseconds))
CNATS(natsStatus, natsSubscription_Unsubscribe, (natsSubscription *subscription), (subscription))
CNATS(void, natsSubscription_Destroy, (natsSubscription *subscription), (subscription))
CNATS(natsStatus, natsMsgHeader_Get, (natsMsg *message, const char *key, const char **value), (message, key, value))
CNATS(const char *, natsMsg_GetData, (const natsMsg *message), (message))
CNATS(int, natsMsg_GetDataLength, (const natsMsg *message), (message))
CNATS(void, natsMsg_Destroy, (natsMsg *message), (message))

#undef CNATS

#endif
