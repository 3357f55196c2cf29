/* shell.c - a page that a script would have filled: nothing on it is an article, and what it says of itself is all
 * that there is to keep. */
#include "cleanup.h"

static bool any_likely(const page *p)
{
    enum { LIKELY = 200 };
    for (int i = 0; i < p->nb; i++)
        if (p->b[i].p >= LIKELY)
            return true;
    return false;
}

/* Next to nothing would stay, and nothing of that is likely. */
void drop_shell(page *p)
{
    enum { LITTLE = 25 };
    p->shell = !p->whole && !any_likely(p) && kept_words(p, 0, p->nb) < LITTLE && ofp_meta_get(p->doc, OFP_META_DESCRIPTION).n;
    if (p->shell)
        keep_range(p, 0, p->nb, false, "shell");
}

void describe_shell(page *p)
{
    ofp_doc *d = p->doc;
    ofp_add_text(d, ofp_add(d, ofp_root(d), OFP_PARA), ofp_meta_get(d, OFP_META_DESCRIPTION));
    ofp_warn(d, OFP_D_CLEANUP_EMPTY, 0, "cleanup found no article; the page's description stands for it");
}
