#include "base/mem.h"
#include "base/utf8.h"
#include "catalogue/catalogue.h"

#define PAIRS 0 /* in place of a shift: capital and small letter in turn, the capital first */

/*
 * Small letters of the scripts in which ids are written here, without a locale: Latin,
 * Greek and Cyrillic; the rest stays as it is.
 */
static const struct letters {
	uint32_t from, to;
	int shift; /* to the small letter */
} capitals[] = {
	{ 0xc0, 0xd6, 32 },
	{ 0xd8, 0xde, 32 },
	{ 0x100, 0x12f, PAIRS },
	{ 0x132, 0x137, PAIRS },
	{ 0x139, 0x148, PAIRS },
	{ 0x14a, 0x177, PAIRS },
	{ 0x178, 0x178, 0xff - 0x178 },
	{ 0x179, 0x17e, PAIRS },
	{ 0x200, 0x21f, PAIRS },
	{ 0x222, 0x233, PAIRS },
	{ 0x386, 0x386, 38 },
	{ 0x388, 0x38a, 37 },
	{ 0x38c, 0x38c, 64 },
	{ 0x38e, 0x38f, 63 },
	{ 0x391, 0x3a1, 32 },
	{ 0x3a3, 0x3ab, 32 },
	{ 0x400, 0x40f, 80 },
	{ 0x410, 0x42f, 32 },
	{ 0x460, 0x481, PAIRS },
	{ 0x48a, 0x4bf, PAIRS },
	{ 0x4c0, 0x4c0, 15 },
	{ 0x4c1, 0x4ce, PAIRS },
	{ 0x4d0, 0x52f, PAIRS },
	{ 0x1e00, 0x1e95, PAIRS },
	{ 0x1e9e, 0x1e9e, 0xdf - 0x1e9e },
	{ 0x1ea0, 0x1eff, PAIRS },
};

static uint32_t
lower(uint32_t c)
{
	if (c < 0x80)
		return c >= 'A' && c <= 'Z' ? c + 32 : c;
	for (size_t i = 0; i < LENGTH(capitals) && c >= capitals[i].from; i++) {
		const struct letters *l = &capitals[i];

		if (c <= l->to && l->shift == PAIRS)
			return c + ((c - l->from) % 2 == 0);
		if (c <= l->to)
			return (uint32_t)((int)c + l->shift);
	}
	return c;
}

static bool
joins_words(uint32_t c)
{
	return c == ' ' || c == '\t' || c == '_' || c == '-' || c == 0xa0 || c == 0x202f;
}

void
id_normalise(struct slice text, struct str *out)
{
	bool gap = false;

	str_reset(out);
	while (text.n > 0) {
		char bytes[4];
		uint32_t c;
		const size_t taken = utf8_decode(text.s, text.n, &c);

		text.s += taken;
		text.n -= taken;
		if (joins_words(c)) {
			gap = out->n > 0;
			continue;
		}
		if (gap)
			str_putc(out, '-');
		gap = false;
		if (c < 0x80)
			str_putc(out, (char)lower(c));
		else
			str_add(out, bytes, utf8_encode(bytes, lower(c)));
	}
}
