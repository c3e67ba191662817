/* The short run of the fuzz target: both ways to a record agree. */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#define FUZZ_IN_UNIT
#include "../fuzz/csvin.c"

static void
both_paths_agree(void **state)
{
	(void)state;
	fuzz_random(20261124, 100000, csvin_words, LENGTH(csvin_words));
}

int
main(void)
{
	static const struct CMUnitTest tests[] = { cmocka_unit_test(both_paths_agree) };

	mallopt(M_MMAP_THRESHOLD, 1 << 24);
	mallopt(M_TRIM_THRESHOLD, 1 << 24);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
