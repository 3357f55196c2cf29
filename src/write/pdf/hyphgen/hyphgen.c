/* hyphgen.c - packs hyphenation patterns as they come with libhyphen (hyph_*.dic) into the form that
 * hyphen.h draws: hyphgen IN.dic OUT.hyp.  Runs while offprint is built; not part of it.
 *
 * Of the format: the first line names the encoding; LEFTHYPHENMIN and RIGHTHYPHENMIN; '%' and '#'
 * begin comments; a pattern is letters with levels between them.  Patterns with a '/' change the
 * spelling at the break and are left out.  What stands before NEXTLEVEL divides compounds: those
 * breaks are the better ones, so their level is raised above the ordinary patterns'. */
#include <iconv.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_PATTERN = 60, COMPOUND_LEVEL = 7 };

typedef struct pattern { unsigned char n, letters[MAX_PATTERN], levels[MAX_PATTERN + 1]; } pattern;
typedef struct trie_node { unsigned first, next, value; unsigned char letter; } trie_node;   /* children linked in order */

static struct {
    pattern *patterns; size_t n, cap;
    uint32_t letters[250]; size_t nletters;
    trie_node *nodes; size_t nnodes, nodes_cap;
    unsigned char *values; size_t nvalues, values_cap;
    uint32_t *base, *value; unsigned char *letter, *taken; size_t nslots, slots_cap;
    int left, right;
} g = { .left = 2, .right = 2 };

static void die(const char *what, const char *which)
{
    fprintf(stderr, "hyphgen: %s: %s\n", which, what);
    exit(1);
}

static void *grow(void *p, size_t *cap, size_t need, size_t size)
{
    size_t old = *cap;
    if (need <= old)
        return p;
    *cap = need + need / 2 + 64;
    p = realloc(p, *cap * size);
    if (!p)
        die("out of memory", "patterns");
    memset((char *)p + old * size, 0, (*cap - old) * size);
    return p;
}

static char *read_all(const char *path, size_t *n)
{
    FILE *f = fopen(path, "rb");
    char *p = NULL;
    size_t cap = 0, got;
    *n = 0;
    if (!f)
        die("cannot be read", path);
    do {
        p = grow(p, &cap, *n + 65536, 1);
        got = fread(p + *n, 1, 65536, f);
        *n += got;
    } while (got > 0);
    fclose(f);
    return p;
}

/* Code points of a line in the file's encoding; returns how many. */
static size_t decode(iconv_t cd, const char *line, size_t len, uint32_t *out, size_t max)
{
    unsigned char buf[4 * 256];
    char *in = (char *)line, *o = (char *)buf;
    size_t left = len, room = sizeof buf;
    iconv(cd, NULL, NULL, NULL, NULL);
    if (len > 250 || iconv(cd, &in, &left, &o, &room) == (size_t)-1)
        return 0;
    size_t n = (sizeof buf - room) / 4;
    if (n > max)
        return 0;
    for (size_t i = 0; i < n; i++)
        out[i] = buf[4 * i] | (uint32_t)buf[4 * i + 1] << 8 | (uint32_t)buf[4 * i + 2] << 16 | (uint32_t)buf[4 * i + 3] << 24;
    return n;
}

static void add_letter(uint32_t cp)
{
    size_t i = 0;
    while (i < g.nletters && g.letters[i] < cp)
        i++;
    if (i < g.nletters && g.letters[i] == cp)
        return;
    if (g.nletters == 250)
        die("too many letters", "patterns");
    memmove(g.letters + i + 1, g.letters + i, (g.nletters - i) * sizeof *g.letters);
    g.letters[i] = cp;
    g.nletters++;
}

static unsigned char letter_number(uint32_t cp)
{
    for (size_t i = 0; i < g.nletters; i++)
        if (g.letters[i] == cp)
            return (unsigned char)(i + 1);
    return 0;
}

/* A line that is a pattern: true; cps past its letters only collects the alphabet when p is NULL. */
static bool parse_pattern(const uint32_t *cps, size_t n, bool compound, pattern *p)
{
    bool any = false;
    for (size_t i = 0; i < n; i++) {
        if (cps[i] >= '0' && cps[i] <= '9') {
            any = true;
            if (p)
                p->levels[p->n] = (unsigned char)(cps[i] == '1' && compound ? COMPOUND_LEVEL : cps[i] - '0');
        } else if (!p) {
            add_letter(cps[i]);
        } else if (p->n < MAX_PATTERN) {
            p->letters[p->n++] = letter_number(cps[i]);
        }
    }
    return any;
}

static bool starts(const char *line, size_t n, const char *word)
{
    return n >= strlen(word) && memcmp(line, word, strlen(word)) == 0;
}

/* Keywords, comments and what cannot be packed. */
static bool passed_over(const char *line, size_t n, bool *compound)
{
    if (n == 0 || line[0] == '%' || line[0] == '#' || memchr(line, '/', n) || memchr(line, '=', n))
        return true;
    if (starts(line, n, "LEFTHYPHENMIN"))
        return g.left = atoi(line + 13), true;
    if (starts(line, n, "RIGHTHYPHENMIN"))
        return g.right = atoi(line + 14), true;
    if (starts(line, n, "NEXTLEVEL"))
        return *compound = false, true;
    return starts(line, n, "COMPOUND") || starts(line, n, "NOHYPHEN");
}

static void read_patterns(const char *text, size_t n, const char *path, bool collect)
{
    const char *end = text + n, *at = memchr(text, '\n', n);
    char name[40] = { 0 };
    if (!at || at - text > 30)
        die("no encoding in the first line", path);
    memcpy(name, text, (size_t)(at - text));
    name[strcspn(name, " \r\t")] = '\0';
    iconv_t cd = iconv_open("UTF-32LE", strcmp(name, "microsoft-cp1251") ? name : "CP1251");
    if (cd == (iconv_t)-1)
        die("unknown encoding", name);
    bool compound = strstr(text, "\nNEXTLEVEL") != NULL;
    for (at++; at < end; ) {
        const char *eol = memchr(at, '\n', (size_t)(end - at));
        size_t len = (size_t)((eol ? eol : end) - at);
        uint32_t cps[2 * MAX_PATTERN];
        if (len > 0 && at[len - 1] == '\r')
            len--;
        if (!passed_over(at, len, &compound)) {
            size_t count = decode(cd, at, len, cps, 2 * MAX_PATTERN);
            if (!collect) {
                parse_pattern(cps, count, compound, NULL);
            } else {
                g.patterns = grow(g.patterns, &g.cap, g.n + 1, sizeof *g.patterns);
                if (parse_pattern(cps, count, compound, &g.patterns[g.n]))
                    g.n++;
                else
                    memset(&g.patterns[g.n], 0, sizeof *g.patterns);
            }
        }
        at = eol ? eol + 1 : end;
    }
    iconv_close(cd);
}

static unsigned child(unsigned parent, unsigned char letter)
{
    unsigned prev = 0, at = g.nodes[parent].first;
    while (at && g.nodes[at].letter < letter) {
        prev = at;
        at = g.nodes[at].next;
    }
    if (at && g.nodes[at].letter == letter)
        return at;
    g.nodes = grow(g.nodes, &g.nodes_cap, g.nnodes + 1, sizeof *g.nodes);
    unsigned made = (unsigned)g.nnodes++;
    g.nodes[made] = (trie_node){ .next = at, .letter = letter };
    if (prev)
        g.nodes[prev].next = made;
    else
        g.nodes[parent].first = made;
    return made;
}

/* The offset of a pattern's levels among the values, shared where the same were met before. */
static unsigned value_of(const pattern *p)
{
    unsigned char v[MAX_PATTERN + 3];
    size_t first = 0, end = p->n + 1u;
    while (first < end && p->levels[first] == 0)
        first++;
    while (end > first && p->levels[end - 1] == 0)
        end--;
    v[0] = (unsigned char)first;
    v[1] = (unsigned char)(end - first);
    memcpy(v + 2, p->levels + first, end - first);
    size_t len = 2 + end - first;
    for (size_t i = 1; i + 2 <= g.nvalues; i += 2u + g.values[i + 1])
        if (i + len <= g.nvalues && memcmp(g.values + i, v, len) == 0)
            return (unsigned)i;
    g.values = grow(g.values, &g.values_cap, g.nvalues + len, 1);
    memcpy(g.values + g.nvalues, v, len);
    g.nvalues += len;
    return (unsigned)(g.nvalues - len);
}

static void build_trie(void)
{
    g.nodes = grow(NULL, &g.nodes_cap, 1, sizeof *g.nodes);
    g.nnodes = 1;
    g.values = grow(NULL, &g.values_cap, 1, 1);
    g.nvalues = 1;                                       /* offset 0 says: none */
    for (size_t i = 0; i < g.n; i++) {
        unsigned at = 0;
        for (size_t k = 0; k < g.patterns[i].n; k++)
            at = child(at, g.patterns[i].letters[k]);
        g.nodes[at].value = value_of(&g.patterns[i]);
    }
}

static void need_slots(size_t n)
{
    size_t cap[4] = { g.slots_cap, g.slots_cap, g.slots_cap, g.slots_cap };
    g.base = grow(g.base, &cap[0], n, sizeof *g.base);
    g.value = grow(g.value, &cap[1], n, sizeof *g.value);
    g.letter = grow(g.letter, &cap[2], n, 1);
    g.taken = grow(g.taken, &cap[3], n, 1);
    g.slots_cap = cap[0];
    if (n > g.nslots)
        g.nslots = n;
}

/* No two nodes share a base, and none has base 0, which says that a node is a leaf: so the letter in a
 * slot tells whose child it is. */
static bool fits(unsigned node, size_t base)
{
    if (base < g.slots_cap && g.taken[base])
        return false;
    for (unsigned c = g.nodes[node].first; c; c = g.nodes[c].next) {
        size_t slot = base + g.nodes[c].letter;
        if (slot < g.nslots && g.letter[slot])
            return false;
    }
    return true;
}

/* Places the children of the node at slot; first fit from a floor that rises as slots fill up. */
static void place(unsigned node, size_t slot, size_t *floor)
{
    size_t base = *floor, tries = 0;
    if (!g.nodes[node].first)
        return;
    while (!fits(node, base)) {
        base++;
        if (++tries > 2000)
            *floor = base;
    }
    need_slots(base + 1);
    g.taken[base] = 1;
    g.base[slot] = (uint32_t)base;
    for (unsigned c = g.nodes[node].first; c; c = g.nodes[c].next) {
        size_t to = base + g.nodes[c].letter;
        need_slots(to + 1);
        g.letter[to] = g.nodes[c].letter;
        g.value[to] = g.nodes[c].value;
    }
    for (unsigned c = g.nodes[node].first; c; c = g.nodes[c].next)
        place(c, base + g.nodes[c].letter, floor);
}

static void put(FILE *f, uint32_t v, int bytes)
{
    for (int i = 0; i < bytes; i++)
        putc((int)(v >> 8 * i & 255), f);
}

static void write_file(const char *path)
{
    FILE *f = fopen(path, "wb");
    if (!f)
        die("cannot be written", path);
    fwrite("OFPHYP1\n", 1, 8, f);
    put(f, (uint32_t)g.left, 1);
    put(f, (uint32_t)g.right, 1);
    put(f, (uint32_t)g.nletters, 2);
    put(f, (uint32_t)g.nslots, 4);
    put(f, (uint32_t)g.nvalues, 4);
    for (size_t i = 0; i < g.nletters; i++)
        put(f, g.letters[i], 4);
    for (size_t i = 0; i < g.nslots; i++) {
        put(f, g.base[i] | (uint32_t)g.letter[i] << 24, 4);
        put(f, g.value[i], 4);
    }
    fwrite(g.values, 1, g.nvalues, f);
    bool bad = ferror(f) != 0;
    if (fclose(f) != 0 || bad)
        die("cannot be written", path);
}

int main(int argc, char **argv)
{
    size_t n, floor = 1;
    if (argc != 3)
        die("usage: hyphgen IN.dic OUT.hyp", "arguments");
    char *text = read_all(argv[1], &n);
    text = realloc(text, n + 1);
    if (!text)
        die("out of memory", argv[1]);
    text[n] = '\0';
    add_letter('.');
    read_patterns(text, n, argv[1], false);
    read_patterns(text, n, argv[1], true);
    build_trie();
    need_slots(1);
    place(0, 0, &floor);
    if (g.nslots >= 1u << 24)
        die("too many patterns", argv[1]);
    write_file(argv[2]);
    return 0;
}
