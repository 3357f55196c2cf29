/* yaml.h - metadata as YAML front matter, both ways. */
#ifndef OFP_DOCTOOLS_YAML_H
#define OFP_DOCTOOLS_YAML_H
#include "base/world.h"

/* Prints d's metadata between two lines of dashes: known keys in the order of meta.def, then the
 * user's own.  Prints nothing where there are none. */
void ofp_yaml_put_front(ofp_buf *out, const ofp_doc *d);

/* Takes over the mapping in text, which begins in line of the input; source and sure are noted for each
 * value.  What is no mapping, or malformed, is warned of and taken over as far as it goes; false
 * only when out of memory. */
bool ofp_yaml_read_meta(const ofp_world *w, ofp_doc *d, ofp_str text, unsigned line, ofp_str source, int sure, ofp_err *e);

/* What stands behind it in the module doctools-yaml, the only part that needs libyaml. */
typedef bool ofp_yaml_reader(ofp_doc *d, ofp_str text, unsigned line, ofp_str source, int sure, ofp_err *e);
extern ofp_yaml_reader ofp_yaml_read;
#endif
