#ifndef CCRYPTO_SHIM_H
#define CCRYPTO_SHIM_H

/* The functions of a digest's own kind have states that are copied like any value, and no look-up of an algorithm; they are there in
   all versions, marked as old. */
#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/evp.h>
#include <openssl/sha.h>

/* Ed25519 (RFC 8032) as functions of bytes: secrets and public keys have 32, signatures 64. Each says whether it could be done. */

static inline int ccrypto_ed25519_public_key(const unsigned char *secret, unsigned char *result) {
    EVP_PKEY *key = EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, NULL, secret, 32);
    size_t count = 32;
    int done = key && EVP_PKEY_get_raw_public_key(key, result, &count) == 1 && count == 32;
    EVP_PKEY_free(key);
    return done;
}

static inline int ccrypto_ed25519_sign(
    const unsigned char *secret, const unsigned char *message, size_t count, unsigned char *signature
) {
    EVP_PKEY *key = EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, NULL, secret, 32);
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    size_t length = 64;
    int done = key && context && EVP_DigestSignInit(context, NULL, NULL, NULL, key) == 1
        && EVP_DigestSign(context, signature, &length, message, count) == 1 && length == 64;
    EVP_MD_CTX_free(context);
    EVP_PKEY_free(key);
    return done;
}

static inline int ccrypto_ed25519_verify(
    const unsigned char *public_key, const unsigned char *message, size_t count, const unsigned char *signature, size_t length
) {
    EVP_PKEY *key = EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, NULL, public_key, 32);
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    int done = key && context && EVP_DigestVerifyInit(context, NULL, NULL, NULL, key) == 1
        && EVP_DigestVerify(context, signature, length, message, count) == 1;
    EVP_MD_CTX_free(context);
    EVP_PKEY_free(key);
    return done;
}

#endif
