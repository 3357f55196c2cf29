/* module.h - parts of the program with heavy libraries, opened on first use. */
#ifndef OFP_BASE_MODULE_H
#define OFP_BASE_MODULE_H
#include "base/world.h"

/* The function called name of the module in the world's home; NULL with e set (OFP_EDATA).  Modules
 * stay loaded: asking again is a look-up. */
void *ofp_module(const ofp_world *w, const char *module, const char *name, ofp_err *e);
#endif
