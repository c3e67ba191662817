/* The marks that a machine finds 16 bytes at a time, and those that any machine finds by words. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "../fuzz/random.h"
#include "records/marks.h"

static const char delimiters[] = { ',', ';', '\t', '|' };

/* Byte by byte, as the comment in marks.h says it. */
static struct marks
marks_by_bytes(const char *block, char delimiter)
{
	struct marks m = { 0, 0 };

	for (unsigned i = 0; i < MARKS_SPAN; i++) {
		if (block[i] == delimiter || (unsigned char)block[i] < '#')
			m.ends |= (uint64_t)1 << i;
		m.high |= (unsigned char)block[i] >= 0x80;
	}
	return m;
}

static void
compare(const char *block)
{
	for (size_t d = 0; d < LENGTH(delimiters); d++) {
		const struct marks want = marks_by_bytes(block, delimiters[d]);
		const struct marks words = marks_by_words(block, delimiters[d]);
		const struct marks found = marks_of(block, delimiters[d]);

		assert_true(words.ends == want.ends && found.ends == want.ends);
		assert_int_equal(words.high != 0, want.high != 0);
		assert_int_equal(found.high != 0, want.high != 0);
	}
}

/* Every byte at every place, among bytes that are nothing, and among those that all are marks. */
static void
test_each_byte(void **state)
{
	char block[MARKS_SPAN];

	(void)state;
	for (unsigned place = 0; place < MARKS_SPAN; place++)
		for (int c = 0; c < 256; c++)
			for (int around = 0; around < 2; around++) {
				memset(block, around ? '\n' : 'x', sizeof block);
				block[place] = (char)c;
				compare(block);
			}
}

static void
test_random_blocks(void **state)
{
	char block[MARKS_SPAN];
	uint64_t seed = 64;

	(void)state;
	for (int n = 0; n < 100000; n++) {
		for (size_t i = 0; i < sizeof block; i++)
			block[i] = (char)fuzz_below(&seed, n % 2 ? 256 : '0');
		compare(block);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_each_byte),
		cmocka_unit_test(test_random_blocks) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
