package org.medcue.platform.sealing;

/**
 * A sealed value as it is stored.
 *
 * @param keyId the key that wraps the data key
 * @param wrappedKey nonce, wrapped data key, tag: 60 bytes
 * @param content nonce, ciphertext, tag: 28 bytes more than the compressed content
 */
record Sealed(String keyId, byte[] wrappedKey, byte[] content) {}
