/* marks.c - page numbers, as texts, titles and addresses write them. */
#include "pages.h"

static const char *const page_words[] = { "page", "seite", "pagina", "página", "sida", "side", "sivu", "strona", "strana",
                                          "страница", "стр.", "pg", "pg.", "p." };
static const char *const of_words[] = { "of", "von", "de", "di", "sur", "van", "av", "af", "z", "из", "/" };
static const char *const guides[] = { "continued on page", "continued from page", "next page", "previous page",
                                      "nächste seite", "vorherige seite", "weiter auf seite", "page suivante",
                                      "page précédente", "página siguiente", "página anterior" };

/* More pages than this no article has; a larger number is a year or an identifier. */
enum { MOST = 99 };

#define COUNT(table) (sizeof(table) / sizeof *(table))

/* The words of the tables are in lower case. */
static bool folds_to(ofp_str s, ofp_str word)
{
    size_t i = 0, k = 0;
    while (i < s.n && k < word.n)
        if (ofp_to_lower(ofp_utf8_next(s, &i)) != ofp_utf8_next(word, &k))
            return false;
    return i == s.n && k == word.n;
}

static bool among(ofp_str s, const char *const *words, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (folds_to(s, ofp_s(words[i])))
            return true;
    return false;
}

/* ---- lines and titles -------------------------------------------------------------------- */

static size_t digits_at(ofp_str s, size_t i)
{
    size_t n = 0;
    while (i + n < s.n && s.p[i + n] >= '0' && s.p[i + n] <= '9')
        n++;
    return n;
}

/* The next number, slash, or word up to a blank, digit or slash. */
static bool take_token(ofp_str *rest, ofp_str *token)
{
    *rest = ofp_str_trim(*rest);
    size_t n = digits_at(*rest, 0);
    if (n == 0 && rest->n > 0 && rest->p[0] == '/')
        n = 1;
    if (n == 0)
        while (n < rest->n && rest->p[n] != ' ' && rest->p[n] != '/' && !digits_at(*rest, n))
            n++;
    *token = ofp_str_sub(*rest, 0, n);
    *rest = ofp_str_sub(*rest, n, SIZE_MAX);
    return n > 0;
}

static ofp_str bare(ofp_str s)
{
    static const char *const around[] = { "(", ")", "[", "]", "-", "–", "—", "|", ",", ":", "·", "•", "»", "«" };
    ofp_str before;
    do {
        before = s = ofp_str_trim(s);
        for (size_t i = 0; i < COUNT(around); i++) {
            ofp_str mark = ofp_s(around[i]);
            if (ofp_str_starts(s, mark))
                s = ofp_str_sub(s, mark.n, SIZE_MAX);
            if (ofp_str_ends(s, mark))
                s = ofp_str_sub(s, 0, s.n - mark.n);
        }
    } while (s.n < before.n);
    return s;
}

bool read_mark(ofp_str line, long *number, long *total)
{
    ofp_str rest = bare(line), token = { 0 };
    bool named;
    *total = 0;
    if (rest.n > 40 || !take_token(&rest, &token))
        return false;
    named = among(token, page_words, COUNT(page_words));
    if ((named && !take_token(&rest, &token)) || !ofp_str_int(token, 1, MOST, number))
        return false;
    if (!take_token(&rest, &token))
        return named;
    if (!among(token, of_words, COUNT(of_words)) || !take_token(&rest, &token) || !ofp_str_int(token, *number, MOST, total))
        return false;
    return rest.n == 0;
}

bool is_guide(ofp_str line)
{
    line = bare(line);
    for (size_t i = 0; line.n < 60 && i < COUNT(guides); i++)
        if (ofp_str_istarts(line, ofp_s(guides[i])))
            return line.n < ofp_s(guides[i]).n + 8;
    return false;
}

/* Numbers from 1 on, and words that lead on or back. */
bool is_pager(ofp_str line)
{
    static const char *const around[] = { "next", "previous", "prev", "nächste", "weiter", "vorherige", "zurück", "suivant", "suivante",
                                          "précédent", "précédente", "siguiente", "anterior", "…", "...", ">", "<", ">>", "<<", "›", "‹" };
    long last = 0, number = 0, found = 0;
    for (ofp_str word; line.n < 200 && ofp_str_word(&line, &word); last = number) {
        word = bare(word);
        if (!word.n || among(word, around, COUNT(around)) || among(word, page_words, COUNT(page_words)))
            continue;
        if (!ofp_str_int(word, last + 1, MOST, &number) || (!last && number > 1))
            return false;
        found++;
    }
    return found > 1;
}

ofp_str split_title(ofp_str title, long *number, long *total)
{
    *number = *total = 0;
    for (size_t i = title.n > 40 ? title.n - 40 : 1; i < title.n; i++) {
        ofp_str mark = ofp_str_sub(title, i, SIZE_MAX);
        /* "Catch 22" and "Agenda 20/30" are titles: figures alone count in brackets only */
        bool open = title.p[i] == '(' || title.p[i] == '[';
        if (!open && (title.p[i - 1] != ' ' || digits_at(mark, 0)))
            continue;
        if (read_mark(mark, number, total) && bare(ofp_str_sub(title, 0, i)).n > 0)
            return bare(ofp_str_sub(title, 0, i));
    }
    *number = *total = 0;
    return title;
}

/* ---- addresses --------------------------------------------------------------------------- */

static ofp_str before(ofp_str s, const char *mark)
{
    return ofp_str_sub(s, 0, ofp_str_find(s, ofp_s(mark), 0));
}

/* Parameters other than the page's, in their order. */
static ofp_str split_query(ofp_arena *a, ofp_str query, long *number)
{
    static const char *const keys[] = { "page", "p", "pg", "paged", "pageno", "page_no", "seite", "pagina", "sida", "side" };
    ofp_buf rest = { 0 };
    for (ofp_str pair; ofp_str_split(&query, '&', &pair);) {
        ofp_str key = before(pair, "="), value = ofp_str_sub(pair, key.n + 1, SIZE_MAX);
        if (among(key, keys, COUNT(keys)) && ofp_str_int(value, 1, MOST, number))
            continue;
        ofp_buf_puts(&rest, "&");
        ofp_buf_add(&rest, pair);
    }
    return ofp_buf_take(&rest, a);
}

static ofp_str without_ending(ofp_str path)
{
    for (size_t i = path.n; i > 0 && path.n - i < 6 && path.p[i - 1] != '/'; i--)
        if (path.p[i - 1] == '.' && !digits_at(path, i))
            return ofp_str_sub(path, 0, i - 1);
    return path;
}

static bool drop_end(ofp_str *s, const char *end)
{
    if (!ofp_str_ends(*s, ofp_s(end)))
        return false;
    s->n -= ofp_s(end).n;
    return true;
}

static bool drop_parting(ofp_str *s)
{
    return s->n == 0 || drop_end(s, "/") || drop_end(s, "-") || drop_end(s, "_") || drop_end(s, ".") || drop_end(s, " ");
}

/* The path before "/2", "-2", "_p2", "/page/2", "page2"; all of it where it ends otherwise. */
static ofp_str split_path(ofp_str path, long *number)
{
    ofp_str s;
    bool parted;
    path = without_ending(path);
    drop_end(&path, "/");
    s = path;
    while (s.n > 0 && s.p[s.n - 1] >= '0' && s.p[s.n - 1] <= '9')
        s.n--;
    if (s.n == path.n || !ofp_str_int(ofp_str_sub(path, s.n, SIZE_MAX), 1, MOST, number))
        return path;
    parted = drop_parting(&s);
    if (drop_end(&s, "page") || drop_end(&s, "seite") || (!parted && drop_end(&s, "p")))
        parted = drop_parting(&s);
    if (parted)
        return s;
    *number = 0;
    return path;
}

clue_value split_address(ofp_arena *a, ofp_str address)
{
    clue_value c = { 0 };
    size_t scheme = ofp_str_find(address, OFP_STR("://"), 0);
    ofp_str whole = before(scheme == SIZE_MAX ? address : ofp_str_sub(address, scheme + 3, SIZE_MAX), "#");
    ofp_str path = before(whole, "?"), query = split_query(a, ofp_str_sub(whole, path.n + 1, SIZE_MAX), &c.number);
    /* one number is the page's: where the query has it, the path's is the article's */
    path = c.number ? without_ending(path) : split_path(path, &c.number);
    drop_end(&path, "/");
    c.family = ofp_arena_printf(a, "%.*s%.*s", (int)path.n, path.p, (int)query.n, query.p);
    return c;
}
