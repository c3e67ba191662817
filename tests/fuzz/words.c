/*
 * The small readers: dates, periods, numbers, doses, ids, UTF-8.  What they accept they write, and
 * what they write they read as the same.
 */
#include "../fuzz/random.h"
#include "base/date.h"
#include "base/mem.h"
#include "base/num.h"
#include "base/utf8.h"
#include "log/dose.h"

static void
check_number(struct slice text)
{
	char buf[NUM_TEXT];
	double x, y;

	if (num_read(text, true, &x) != NUM_OK)
		return;
	const size_t n = num_write(buf, x);
	if (n >= sizeof buf || num_read((struct slice){ buf, n }, false, &y) != NUM_OK || x < y ||
	        x > y)
		abort();
	if (figure_write(buf, x, 12) >= sizeof buf)
		abort();
}

static void
check_date(struct slice text)
{
	struct str why = STR_INIT;
	struct when a, b;
	char buf[DATE_TEXT];

	for (int order = DATE_YMD; order <= DATE_MDY; order++) {
		str_reset(&why);
		if (!date_read(text, (enum date_order)order, &a, &why)) {
			if (why.n == 0)
				abort();
			continue;
		}
		const size_t n = when_write(buf, a);
		if (!date_read((struct slice){ buf, n }, DATE_YMD, &b, NULL) || a.day != b.day ||
		        a.minute != b.minute)
			abort();
	}
	str_free(&why);
}

static void
check_period(const char *word)
{
	struct days days;
	int day;

	if (period_word(word, day_of(2026, 11, 23), &days) &&
	        (days.from < DAY_MIN || days.to > DAY_MAX))
		abort();
	if (day_word(word, day_of(2026, 11, 23), &day) && (day < DAY_MIN || day > DAY_MAX))
		abort();
}

static void
check_dose(struct slice text)
{
	struct str why = STR_INIT;
	struct dose dose;

	if (!dose_read(text, true, "lb", &dose, &why) && why.n == 0)
		abort();
	str_free(&why);
}

static void
check_text(struct slice text)
{
	struct str out = STR_INIT;
	const size_t valid = utf8_valid_length(text.s, text.n);

	if (valid > text.n)
		abort();
	text_width(text.s, valid);
	str_add_visible(&out, text.s, text.n);
	for (size_t i = 0; i < out.n; i++)
		if ((unsigned char)out.s[i] < 0x20 || out.s[i] == 0x7f)
			abort();
	if (utf8_valid_length(str_text(&out), out.n) != out.n)
		abort();
	str_reset(&out);
	id_normalise((struct slice){ text.s, valid }, &out);
	str_free(&out);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	char *word = xstrndup((const char *)bytes, n);
	const struct slice text = { word, n };

	check_number(text);
	check_date(text);
	check_period(word);
	check_dose(text);
	check_text(text);
	free(word);
	return 0;
}

#ifndef LIBFUZZER
static const struct slice words_words[] = {
	SLICE("2026"),
	SLICE("-"),
	SLICE("11"),
	SLICE("-W47"),
	SLICE(".."),
	SLICE("last-week"),
	SLICE("today"),
	SLICE("-14d"),
	SLICE("3x10"),
	SLICE("@20kg"),
	SLICE("/side"),
	SLICE("x"),
	SLICE("30s"),
	SLICE("1:30"),
	SLICE("2 min"),
	SLICE("12,5"),
	SLICE("."),
	SLICE("0"),
	SLICE("999999999999999"),
	SLICE("e+3"),
	SLICE("/"),
	SLICE("05"),
	SLICE("T10:30"),
	SLICE(" "),
	SLICE("\xc2\xbd"),
	SLICE("\xe2\x80\xae"),
	SLICE("\x1b"),
	SLICE("\xff"),
	SLICE("e\xcc\x81"),
	SLICE("nan"),
	SLICE("lb"),
};

int
main(int argc, char *argv[])
{
	return fuzz_main(argc, argv, words_words, LENGTH(words_words));
}
#endif
