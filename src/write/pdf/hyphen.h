/* hyphen.h - where words may be divided: F. M. Liang's patterns, packed at build time by
 * hyphgen/hyphgen.c into one file a language.  Layout of such a file, numbers little-endian:
 *
 *     "OFPHYP1\n"  u8 left  u8 right  u16 letters  u32 slots  u32 values
 *     letters x u32    code points, ascending; the i-th is letter i+1
 *     slots x 8        a trie as a double array: u32 base | letter << 24, u32 value
 *     values           at a value's offset: u8 first, u8 count, count levels: the pattern's levels
 *                      from its letter `first` on; value 0: none
 *
 * The word, a '.' at each end, is looked up from each of its letters on; from slot s the letter c leads to slot
 * base(s) + c, where that slot's letter is c.  Slot 0 is the root. */
#ifndef OFP_PDF_HYPHEN_H
#define OFP_PDF_HYPHEN_H
#include "offprint/offprint.h"

enum { HYPHEN_MAX_WORD = 80 };           /* letters; longer words are not divided */

typedef struct hyphens {
    int left, right;                     /* letters that stay together at either end */
    size_t nletters, nslots, nvalues;
    const unsigned char *letters, *slots, *values;
} hyphens;

/* Reads a packed file; data must outlive h.  False where it is none. */
bool pdf_hyphens_open(hyphens *h, ofp_str data);
/* The file's name for a language tag ("en-GB", "de"), NULL where there are no patterns for it. */
const char *pdf_hyphens_file(ofp_str lang);
/* Byte offsets in word (letters only) before which it may be divided; returns how many. */
size_t pdf_hyphenate(const hyphens *h, ofp_str word, unsigned char at[HYPHEN_MAX_WORD]);
#endif
