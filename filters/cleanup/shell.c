/* shell.c - a page that a script would have filled: what is on it is its furniture, and no article. */
#include "cleanup.h"

/* Somebody wrote it as text, however short. */
static bool is_written(const page *p, const block *b)
{
    bool text = b->tag == TAG_P || b->tag == TAG_PRE || b->tag == TAG_QUOTE;
    return text && b->f.link_words * 2 < b->f.words && !in_chrome(&p->e[b->elem]);
}

/* Nothing is likely; what is written may be, unless the model is sure that it is not. */
void drop_shell(page *p)
{
    enum { LIKELY = 350, MAYBE = 100 };
    bool shell = !p->whole && p->nb;
    for (int i = 0; shell && i < p->nb; i++)
        shell = p->b[i].p < (is_written(p, &p->b[i]) ? MAYBE : LIKELY);
    p->shell = shell;
    if (shell)
        keep_range(p, 0, p->nb, false, "shell");
}
