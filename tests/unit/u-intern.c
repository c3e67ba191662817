/* Pools of texts: ids in order of first sight, texts that stay where they are. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/intern.h"
#include "base/mem.h"

#define MANY 100000

static void
test_ids(void **state)
{
	struct pool *p = pool_new();
	char text[16];
	const char *first;

	(void)state;
	assert_int_equal(pool_find(p, "P0", 2), POOL_NONE);
	first = pool_text(p, pool_add(p, "P0", 2));
	for (uint32_t i = 1; i < MANY; i++) {
		const size_t n = (size_t)snprintf(text, sizeof text, "P%u", i);

		assert_int_equal(i % 2 ? pool_add(p, text, n)
		                       : pool_add_hashed(p, pool_prefetch(p, text, n), text, n),
		        i);
	}
	assert_int_equal(pool_count(p), MANY);
	for (uint32_t i = 0; i < MANY; i++) {
		const size_t n = (size_t)snprintf(text, sizeof text, "P%u", i);

		assert_int_equal(pool_add(p, text, n), i);
		assert_int_equal(pool_find(p, text, n), i);
		assert_string_equal(pool_text(p, i), text);
	}
	assert_ptr_equal(pool_text(p, 0), first);
	assert_int_equal(pool_find(p, "Q0", 2), POOL_NONE);
	pool_free(p);
}

/* Every length around the steps of the hash, each byte of which must matter. */
static void
test_lengths(void **state)
{
	struct pool *p = pool_new();
	char text[80];
	uint32_t n = 0;

	(void)state;
	memset(text, 'x', sizeof text);
	for (size_t length = 0; length <= sizeof text; length++) {
		assert_int_equal(pool_add(p, text, length), n++);
		for (size_t i = 0; i < length; i++) {
			text[i] = '\0';
			assert_int_equal(pool_add(p, text, length), n++);
			text[i] = 'x';
		}
	}
	assert_int_equal(pool_count(p), n);
	assert_int_equal(strlen(pool_text(p, pool_find(p, text, sizeof text))), sizeof text);
	pool_free(p);
}

static void
test_long(void **state)
{
	const size_t n = (size_t)1 << 20;
	char *text = xmalloc(n);
	struct pool *p = pool_new();
	uint32_t id;

	(void)state;
	memset(text, 'y', n);
	pool_add(p, "a", 1);
	id = pool_add(p, text, n);
	pool_add(p, "b", 1);
	assert_int_equal(pool_add(p, text, n), id);
	assert_int_equal(strlen(pool_text(p, id)), n);
	assert_string_equal(pool_text(p, 2), "b");
	assert_int_equal(pool_find(p, NULL, 0), POOL_NONE);
	id = pool_add(p, NULL, 0);
	assert_int_equal(pool_find(p, "", 0), id);
	assert_string_equal(pool_text(p, id), "");
	pool_free(p);
	pool_free(NULL);
	free(text);
}

/* The published values of FNV-1a: shards must be the same on every machine. */
static void
test_stable_hash(void **state)
{
	(void)state;
	assert_true(stable_hash("", 0) == 0xcbf29ce484222325u);
	assert_true(stable_hash("a", 1) == 0xaf63dc4c8601ec8cu);
	assert_true(stable_hash("foobar", 6) == 0x85944171f73967e8u);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_ids),
		cmocka_unit_test(test_lengths),
		cmocka_unit_test(test_long),
		cmocka_unit_test(test_stable_hash),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
