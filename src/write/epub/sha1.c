/* sha1.c - after FIPS 180-4 §6.1. */
#include "write/epub/sha1.h"
#include <string.h>

static uint32_t rotate(uint32_t x, int n)
{
    return x << n | x >> (32 - n);
}

static uint32_t big_endian(const unsigned char *p)
{
    return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

/* The round function and constant of step t. */
static uint32_t step(int t, uint32_t b, uint32_t c, uint32_t d)
{
    if (t < 20)
        return ((b & c) | (~b & d)) + 0x5a827999u;
    if (t < 40)
        return (b ^ c ^ d) + 0x6ed9eba1u;
    if (t < 60)
        return ((b & c) | (b & d) | (c & d)) + 0x8f1bbcdcu;
    return (b ^ c ^ d) + 0xca62c1d6u;
}

static void mix(uint32_t state[5], const unsigned char *block)
{
    uint32_t w[80], a = state[0], b = state[1], c = state[2], d = state[3], e = state[4];
    for (int t = 0; t < 16; t++)
        w[t] = big_endian(block + 4 * t);
    for (int t = 16; t < 80; t++)
        w[t] = rotate(w[t - 3] ^ w[t - 8] ^ w[t - 14] ^ w[t - 16], 1);
    for (int t = 0; t < 80; t++) {
        uint32_t next = rotate(a, 5) + step(t, b, c, d) + e + w[t];
        e = d;
        d = c;
        c = rotate(b, 30);
        b = a;
        a = next;
    }
    state[0] += a;
    state[1] += b;
    state[2] += c;
    state[3] += d;
    state[4] += e;
}

void epub_sha1_start(epub_sha1 *h)
{
    *h = (epub_sha1){ .state = { 0x67452301u, 0xefcdab89u, 0x98badcfeu, 0x10325476u, 0xc3d2e1f0u } };
}

void epub_sha1_add(epub_sha1 *h, const void *bytes, size_t n)
{
    const unsigned char *p = bytes;
    while (n > 0) {
        size_t have = (size_t)(h->length % 64), more = 64 - have < n ? 64 - have : n;
        memcpy(h->block + have, p, more);
        h->length += more;
        p += more;
        n -= more;
        if (have + more == 64)
            mix(h->state, h->block);
    }
}

void epub_sha1_end(epub_sha1 *h, unsigned char digest[20])
{
    static const unsigned char padding[64] = { 0x80 };
    unsigned char bits[8];
    uint64_t length = h->length * 8;
    size_t have = (size_t)(h->length % 64);
    for (int i = 0; i < 8; i++)
        bits[i] = (unsigned char)(length >> (56 - 8 * i));
    epub_sha1_add(h, padding, have < 56 ? 56 - have : 120 - have);
    epub_sha1_add(h, bits, sizeof bits);
    for (int i = 0; i < 20; i++)
        digest[i] = (unsigned char)(h->state[i / 4] >> (24 - 8 * (i % 4)));
}
