/* sha1.h - SHA-1 (FIPS 180-4), for identifiers only. */
#ifndef OFP_WRITE_EPUB_SHA1_H
#define OFP_WRITE_EPUB_SHA1_H
#include <stddef.h>
#include <stdint.h>

typedef struct epub_sha1 { uint32_t state[5]; uint64_t length; unsigned char block[64]; } epub_sha1;

void epub_sha1_start(epub_sha1 *h);
void epub_sha1_add(epub_sha1 *h, const void *bytes, size_t n);
void epub_sha1_end(epub_sha1 *h, unsigned char digest[20]);
#endif
