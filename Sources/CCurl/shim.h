#ifndef CCURL_SHIM_H
#define CCURL_SHIM_H

#include <curl/curl.h>
#include <dlfcn.h>
#include <stddef.h>

/* libcurl brings the libraries of TLS, Kerberos, LDAP, SSH and HTTP/2. It is loaded by the first connection and not with the
   program, which then begins as fast as before, and runs where there is none. */
static inline void *ccurl_symbol(const char *name) {
    void *library = dlopen("libcurl.so.4", RTLD_NOW | RTLD_LOCAL);
    return library ? dlsym(library, name) : NULL;
}

/* Whether it is there; to be asked once before anything else, by one thread: it makes the library ready for all of them. */
static inline int ccurl_start(void) {
    __typeof__(&curl_global_init) function = (__typeof__(&curl_global_init))ccurl_symbol("curl_global_init");
    return function && function(CURL_GLOBAL_DEFAULT) == CURLE_OK;
}

/* The functions of curl.h under names that begin with ccurl_ in place of curl_; only where it is there. */
#define CCURL_FIND(name) \
    static __typeof__(&curl_##name) known; \
    __typeof__(&curl_##name) function = __atomic_load_n(&known, __ATOMIC_RELAXED); \
    if (!function) { \
        function = (__typeof__(&curl_##name))ccurl_symbol("curl_" #name); \
        __atomic_store_n(&known, function, __ATOMIC_RELAXED); \
    }
#define CCURL(result, name, parameters, arguments) \
    static inline result ccurl_##name parameters { \
        CCURL_FIND(name) \
        return function arguments; \
    }

#undef curl_easy_setopt
#undef curl_easy_getinfo

CCURL(CURL *, easy_init, (void), ())
CCURL(void, easy_cleanup, (CURL *handle), (handle))
CCURL(CURLcode, easy_perform, (CURL *handle), (handle))
CCURL(const char *, easy_strerror, (CURLcode code), (code))
CCURL(struct curl_slist *, slist_append, (struct curl_slist *list, const char *text), (list, text))
CCURL(void, slist_free_all, (struct curl_slist *list), (list))

/* curl_easy_setopt(3) and curl_easy_getinfo(3) take any number of arguments of any type, which Swift cannot call. */
#define CCURL_TYPED(result, title, name, parameters, arguments) \
    static inline result ccurl_##title parameters { \
        CCURL_FIND(name) \
        return function arguments; \
    }

typedef size_t (*ccurl_transfer)(char *bytes, size_t size, size_t count, void *context);
typedef int (*ccurl_seek)(void *context, curl_off_t offset, int origin);

CCURL_TYPED(CURLcode, set_long, easy_setopt, (CURL *handle, CURLoption option, long value), (handle, option, value))
CCURL_TYPED(CURLcode, set_size, easy_setopt, (CURL *handle, CURLoption option, curl_off_t value), (handle, option, value))
CCURL_TYPED(CURLcode, set_pointer, easy_setopt, (CURL *handle, CURLoption option, const void *value), (handle, option, value))
CCURL_TYPED(CURLcode, set_transfer, easy_setopt, (CURL *handle, CURLoption option, ccurl_transfer value), (handle, option, value))
CCURL_TYPED(CURLcode, set_seek, easy_setopt, (CURL *handle, CURLoption option, ccurl_seek value), (handle, option, value))
CCURL_TYPED(CURLcode, get_long, easy_getinfo, (CURL *handle, CURLINFO info, long *value), (handle, info, value))
CCURL_TYPED(CURLcode, get_size, easy_getinfo, (CURL *handle, CURLINFO info, curl_off_t *value), (handle, info, value))

#undef CCURL
#undef CCURL_TYPED
#undef CCURL_FIND

#endif
