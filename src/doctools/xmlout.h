/* xmlout.h - text, attributes and references as XML and HTML want them. */
#ifndef OFP_DOCTOOLS_XMLOUT_H
#define OFP_DOCTOOLS_XMLOUT_H
#include "offprint/base.h"

/* Appends s with markup characters escaped.  Characters that XML or HTML forbid (controls,
 * noncharacters) are left out, invalid UTF-8 becomes U+FFFD, every kind of line end a newline. */
void ofp_xml_text(ofp_buf *out, ofp_str s);
/* The same for a value between double quotes: line ends and tabs become blanks. */
void ofp_xml_quoted(ofp_buf *out, ofp_str s);
/* ' name="value"' */
void ofp_xml_attr(ofp_buf *out, const char *name, ofp_str value);
/* '<name>text</name>' and a newline; nothing where text is empty. */
void ofp_xml_elem(ofp_buf *out, const char *name, ofp_str text);

enum ofp_href { OFP_HREF_LINK, OFP_HREF_IMAGE };
/* Appends url, escaped for a quoted attribute and percent-encoded where RFC 3986 wants it.  False,
 * with nothing appended, when the scheme is none of the harmless ones for its use or the host is
 * malformed. */
bool ofp_xml_href(ofp_buf *out, ofp_str url, enum ofp_href use);
#endif
