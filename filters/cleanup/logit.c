/* logit.c - probabilities and their logits, from a table: no libm, so that every machine decides alike. */
#include "cleanup.h"

/* 1/(1 + exp(-x)) in 1/10000 for x from -8 to 8 in steps of a quarter. */
static const int logistic[] = {
    3, 4, 6, 7, 9, 12, 15, 19, 25, 32, 41, 52, 67, 86, 110, 141, 180, 230, 293, 373, 474, 601,
    759, 953, 1192, 1480, 1824, 2227, 2689, 3208, 3775, 4378, 5000, 5622, 6225, 6792, 7311,
    7773, 8176, 8520, 8808, 9047, 9241, 9399, 9526, 9627, 9707, 9770, 9820, 9859, 9890, 9914,
    9933, 9948, 9959, 9968, 9975, 9981, 9985, 9988, 9991, 9993, 9994, 9996, 9997,
};
enum { STEP = LEAF_SCALE / 4, LAST = sizeof logistic / sizeof *logistic - 1 };

int probability(long logit)
{
    long x = logit + 8L * LEAF_SCALE;
    if (x <= 0 || x >= (long)LAST * STEP)
        return x <= 0 ? 0 : 1000;
    long i = x / STEP, rest = x % STEP;
    return (int)((logistic[i] * (STEP - rest) + logistic[i + 1] * rest) / STEP / 10);
}

long logit(int per_mille)
{
    int p = per_mille * 10, i = 0;
    for (int end = LAST - 1; i < end;) {                    /* the last one below p */
        int mid = (i + end + 1) / 2;
        if (logistic[mid] < p)
            i = mid;
        else
            end = mid - 1;
    }
    long rest = (long)(p - logistic[i]) * STEP / (logistic[i + 1] - logistic[i]);
    return i * (long)STEP + (rest > 0 ? rest < STEP ? rest : STEP : 0) - 8L * LEAF_SCALE;
}
