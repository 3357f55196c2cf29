/* claims.c - merging what is said of one value, and weighing it. */
#include "claims.h"

static const int16_t author_weights[] = {
#define AUTHOR(id, weight) weight,
#define DATE(id, weight)
#include "signs.def"
#undef AUTHOR
#undef DATE
};

static const int16_t date_weights[] = {
#define AUTHOR(id, weight)
#define DATE(id, weight) weight,
#include "signs.def"
#undef AUTHOR
#undef DATE
};

static const char *const author_signs[] = {
#define AUTHOR(id, weight) #id,
#define DATE(id, weight)
#include "signs.def"
#undef AUTHOR
#undef DATE
};

static const char *const date_signs[] = {
#define AUTHOR(id, weight)
#define DATE(id, weight) #id,
#include "signs.def"
#undef AUTHOR
#undef DATE
};

const field author_field = { "author", author_weights, author_signs, NAUTHOR_SIGNS };
const field date_field = { "date", date_weights, date_signs, NDATE_SIGNS };

claim *claim_of(job *j, claims *c, ofp_str value, const char *from)
{
    ofp_str key = letters(j->a, value);
    for (size_t i = 0; key.n && i < c->n; i++)
        if (ofp_str_eq(c->at[i].key, key))
            return &c->at[i];
    if (!key.n || c->n == MAX_CLAIMS)
        return NULL;
    claim *new = &c->at[c->n++];
    *new = (claim){ .key = key, .from = from, .block = NOWHERE };
    return new;
}

/* Above 0 where it is likelier than that all claims are wrong. */
static int claim_score(const field *f, const claim *c)
{
    int sum = 0;
    for (size_t i = 0; i < f->n; i++)
        sum += c->signs >> i & 1 ? f->weights[i] : 0;
    return sum;
}

int likelihood(int score)
{
    /* 100 ln(p / (1 - p)) for p = 10, 20 .. 90 and 95 percent */
    static const struct { int16_t score; uint8_t percent; } odds[] = {
        { 294, 95 }, { 220, 90 }, { 139, 80 }, { 85, 70 }, { 41, 60 }, { 0, 50 }, { -41, 40 }, { -85, 30 }, { -139, 20 }, { -220, 10 },
    };
    for (size_t i = 0; i < sizeof odds / sizeof *odds; i++)
        if (score >= odds[i].score)
            return odds[i].percent;
    return 0;
}

const claim *claims_best(const field *f, const claims *c, int *sure)
{
    const claim *best = NULL;
    int most = 0, next = 0;
    *sure = 0;
    for (size_t i = 0; i < c->n; i++) {
        int score = claim_score(f, &c->at[i]);
        if (!best || score > most)
            best = &c->at[i], next = i ? most : next, most = score;
        else if (score > next)
            next = score;
    }
    if (best)
        *sure = likelihood(next > 0 ? most - next : most);
    return best;
}
