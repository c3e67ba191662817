/*
 * Order statistics among the slopes of all pairs of points, without sorting
 * them: they are counted into buckets, and only those buckets that hold a wanted
 * rank are looked into.  Up to two million slopes are kept; of more, each
 * pass computes them anew, so memory stays bounded.
 */
#ifndef PT_SLOPES_H
#define PT_SLOPES_H

#include <stddef.h>
#include <stdint.h>

/* Of N points; past 65,536 days they are more than 32 bits count. */
uint64_t slopes_count(size_t n);

/*
 * OUT[i] becomes the RANK[i]-th smallest slope (value[j] - value[i]) / (day[j] - day[i]), i < j,
 * counted from 0.  Ranks rise; days rise strictly; n is 2 or more.
 */
void slopes_select(const int *day, const double *value, size_t n, const uint64_t *rank,
        size_t ranks, double *out);

#endif
