/* shell.c - a page that a script would have filled: what is on it is its furniture, and no article. */
#include "cleanup.h"

/* Somebody wrote it as text, however short. */
static bool is_written(const page *p, const block *b)
{
    bool text = b->tag == TAG_P || b->tag == TAG_PRE || b->tag == TAG_QUOTE || is_head(b);
    return text && b->f.link_words * 2 < b->f.words && !in_chrome(&p->e[b->elem]);
}

/* Nothing is likely, nothing is written, and next to nothing would stay. */
void drop_shell(page *p)
{
    enum { LIKELY = 200, LITTLE = 25 };
    bool shell = !p->whole && kept_words(p, 0, p->nb) < LITTLE;
    for (int i = 0; shell && i < p->nb; i++)
        shell = p->b[i].p < LIKELY && !is_written(p, &p->b[i]);
    p->shell = shell;
    if (shell)
        keep_range(p, 0, p->nb, false, "shell");
}
