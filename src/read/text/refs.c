#include "read/text/text.h"
void text_refs(text *t) { (void)t; }
