/* cff.h - CIDs of a CFF font program. */
#ifndef OFP_PDF_CFF_H
#define OFP_PDF_CFF_H
#include "offprint/base.h"

/* True for a CID-keyed program: the CIDs of its n glyphs.  False for a name-keyed one, where glyph
 * numbers serve as CIDs, or for one that cannot be read. */
bool cff_cids(const char *bytes, size_t size, uint16_t *cids, unsigned n);
#endif
