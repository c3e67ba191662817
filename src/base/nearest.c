/*
 * "did you mean": the Damerau-Levenshtein distance in its form of optimal
 * string alignment (insert, delete, replace, swap neighbours), case of ASCII
 * letters apart.
 */
#include "base/num.h"

#define WORD_MOST 64

static int
least(int a, int b)
{
	return a < b ? a : b;
}

static char
folded(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
}

/*
 * A row of the table: the distances of the first I bytes of A to every beginning of B.  Gives the
 * least of them.
 */
static int
next_row(struct slice a, struct slice b, size_t i, int *row, const int *last, const int *before)
{
	char at = folded(a.s[i - 1]);
	int lowest = (int)i;

	row[0] = (int)i;
	for (size_t j = 1; j <= b.n; j++) {
		char bt = folded(b.s[j - 1]);

		row[j] = least(least(last[j], row[j - 1]) + 1, last[j - 1] + (at != bt));
		if (i > 1 && j > 1 && at == folded(b.s[j - 2]) && folded(a.s[i - 2]) == bt)
			row[j] = least(row[j], before[j - 2] + 1);
		lowest = least(lowest, row[j]);
	}
	return lowest;
}

int
word_distance(struct slice a, struct slice b, int limit)
{
	int rows[3][WORD_MOST + 1], lowest = 0, last;
	size_t apart = a.n > b.n ? a.n - b.n : b.n - a.n;

	if (a.n > WORD_MOST || b.n > WORD_MOST || apart > (size_t)limit)
		return limit;
	for (size_t j = 0; j <= b.n; j++)
		rows[0][j] = (int)j;
	for (size_t i = 1; i <= a.n; i++) {
		last = lowest;
		lowest = next_row(a, b, i, rows[i % 3], rows[(i + 2) % 3], rows[(i + 1) % 3]);
		if (lowest >= limit && last >= limit) /* no row below comes from any other */
			return limit;
	}
	return least(rows[a.n % 3][b.n], limit);
}

/* A name that begins with the word, when the word is long enough to mean something. */
static const char *
completed(struct slice word, const char *const *names)
{
	for (; word.n >= 3 && *names; names++)
		if (strlen(*names) > word.n &&
		        word_distance(word, (struct slice){ *names, word.n }, 1) == 0)
			return *names;
	return NULL;
}

const char *
nearest(struct slice word, const char *const *names)
{
	int best = word.n < 6 ? 2 : least((int)(word.n / 3) + 1, 8); /* a third of the word */
	const char *found = NULL;

	for (const char *const *name = names; *name; name++) {
		int distance = word_distance(word, slice_of(*name), best);

		if (distance < best) {
			best = distance;
			found = *name;
		}
	}
	return found ? found : completed(word, names);
}
