/* The sorter against a plain stable sort, in memory and through many runs. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"
#include "log/sort.h"

#define MOST 3000

struct line {
	int day, number;
	char patient[8];
	char text[64];
	size_t n;
};

static struct line lines[MOST];
static enum sort_key wanted;

static int
reference(const void *a, const void *b)
{
	const struct line *x = a, *y = b;
	const int by_patient = wanted == SORT_PATIENT ? strcmp(x->patient, y->patient) : 0;

	if (by_patient != 0)
		return by_patient;
	if (x->day != y->day)
		return x->day < y->day ? -1 : 1;
	return x->number - y->number;
}

static void
make_lines(size_t n, unsigned seed)
{
	srand(seed);
	for (size_t i = 0; i < n; i++) {
		struct line *l = &lines[i];
		l->day = rand() % 20 - 10;
		l->number = (int)i;
		snprintf(l->patient, sizeof l->patient, "P%d", rand() % 12);
		l->n = (size_t)snprintf(l->text, sizeof l->text, "%d,%s,%zu%.*s", l->day,
		        l->patient, i, rand() % 30, "******************************");
	}
}

static void
check_line(void *context, const char *line, size_t n)
{
	size_t *seen = context;

	assert_true(*seen < MOST);
	assert_int_equal(n, lines[*seen].n);
	assert_memory_equal(line, lines[*seen].text, n);
	++*seen;
}

static void
sort_and_check(size_t n, enum sort_key key, size_t memory, unsigned seed)
{
	struct sorter *s = sorter_new(key, memory);
	size_t seen = 0;

	make_lines(n, seed);
	for (size_t i = 0; i < n; i++)
		sorter_add(s, lines[i].day, slice_of(lines[i].patient), lines[i].text, lines[i].n);
	wanted = key;
	qsort(lines, n, sizeof *lines, reference);
	sorter_each(s, check_line, &seen);
	assert_int_equal(seen, n);
	sorter_free(s);
}

static void
in_memory(void **state)
{
	(void)state;
	sort_and_check(0, SORT_DATE, SORT_MEMORY, 1);
	sort_and_check(1, SORT_PATIENT, SORT_MEMORY, 1);
	for (unsigned seed = 1; seed <= 20; seed++) {
		sort_and_check(500, SORT_DATE, SORT_MEMORY, seed);
		sort_and_check(500, SORT_PATIENT, SORT_MEMORY, seed);
	}
}

/* A bound of a few lines makes hundreds of runs. */
static void
through_runs(void **state)
{
	(void)state;
	for (unsigned seed = 1; seed <= 10; seed++) {
		sort_and_check(MOST, SORT_DATE, 400, seed);
		sort_and_check(MOST, SORT_PATIENT, 1, seed);
		sort_and_check(MOST, SORT_PATIENT, 200000, seed);
	}
}

static void
count_bytes(void *context, const char *line, size_t n)
{
	*(size_t *)context += n;
	assert_true(line[0] == line[n - 1]);
}

/* Lines longer than a block of the file. */
static void
long_lines(void **state)
{
	struct sorter *s = sorter_new(SORT_DATE, 1000);
	const size_t n = 300000;
	char *text = xmalloc(n);
	size_t seen = 0;

	(void)state;
	for (int i = 0; i < 10; i++) {
		memset(text, 'a' + i, n);
		sorter_add(s, 10 - i, SLICE(""), text, n);
	}
	sorter_each(s, count_bytes, &seen);
	assert_int_equal(seen, 10 * n);
	sorter_free(s);
	free(text);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(in_memory),
		cmocka_unit_test(through_runs),
		cmocka_unit_test(long_lines),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
