package org.medcue.audit;

/**
 * How far the trail reaches. Whoever knows the head knows every row before it: each hash covers the
 * one before.
 *
 * @param seq of the last row, 0 of an empty trail
 * @param hash of the last row
 */
public record AuditHead(long seq, String hash) {}
