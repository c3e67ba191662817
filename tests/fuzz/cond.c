/* Any text as a condition: compiled and evaluated over names that are unknown half of the time. */
#include "../fuzz/random.h"
#include "base/mem.h"
#include "base/num.h"
#include "base/str.h"
#include "log/cond.h"

static const struct cond_name names[] = {
	{ "rpe", 0, COND_NUMBER },
	{ "pain_before", 1, COND_NUMBER },
	{ "pain_after", 2, COND_NUMBER },
	{ "item", 3, COND_TEXT },
	{ "note", 4, COND_TEXT },
	{ NULL, 0, COND_NUMBER },
};
static const struct cond_vocabulary vocabulary = { .names = names };

static struct cond_value
value_of(void *context, int id)
{
	const unsigned seed = *(const unsigned *)context;
	struct cond_value v = { .type = id < 3 ? COND_NUMBER : COND_TEXT, .number = UNKNOWN };

	if (seed >> id & 1)
		return v;
	if (id < 3)
		v.number = (double)(seed % 11) - id;
	else
		v = (struct cond_value){ COND_TEXT, UNKNOWN, "bridge", 6 };
	return v;
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	char *text = xstrndup((const char *)bytes, n);
	struct cond_error error = { 0, "" };
	struct cond *c = cond_compile(text, &vocabulary, &error);

	if (c == NULL && (error.at > strlen(text) || error.text[0] == '\0'))
		abort();
	for (unsigned seed = 0; c != NULL && seed < 64; seed++) {
		const struct cond_env env = { .name = value_of, .context = &seed };
		const enum truth truth = cond_eval(c, &env);
		if (truth != TRUTH_FALSE && truth != TRUTH_TRUE && truth != TRUTH_UNKNOWN)
			abort();
	}
	cond_free(c);
	free(text);
	return 0;
}

#ifndef LIBFUZZER
static const struct slice cond_words[] = {
	SLICE("rpe"),
	SLICE("pain_after"),
	SLICE("item"),
	SLICE("note"),
	SLICE(" "),
	SLICE(" "),
	SLICE("="),
	SLICE("!="),
	SLICE("<"),
	SLICE("<="),
	SLICE(">"),
	SLICE(">="),
	SLICE("+"),
	SLICE("-"),
	SLICE("*"),
	SLICE("/"),
	SLICE("and"),
	SLICE("or"),
	SLICE("not"),
	SLICE("("),
	SLICE(")"),
	SLICE("'bridge'"),
	SLICE("''"),
	SLICE("'"),
	SLICE("0"),
	SLICE("1.5"),
	SLICE("known"),
	SLICE("pian"),
	SLICE("\xc3\xa9"),
	SLICE("1e999"),
};

int
main(int argc, char *argv[])
{
	return fuzz_main(argc, argv, cond_words, LENGTH(cond_words));
}
#endif
