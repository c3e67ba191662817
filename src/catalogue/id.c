#include "base/utf8.h"
#include "catalogue/catalogue.h"

/*
 * Small letters of the scripts in which ids are written here, without a locale: Latin,
 * Greek and Cyrillic; the rest stays as it is.
 */
static uint32_t
lower(uint32_t c)
{
	if ((c >= 'A' && c <= 'Z') || (c >= 0xc0 && c <= 0xde && c != 0xd7) ||
	        (c >= 0x391 && c <= 0x3a9) || (c >= 0x410 && c <= 0x42f))
		return c + 32;
	if (c >= 0x400 && c <= 0x40f)
		return c + 80;
	/* Latin Extended-A: pairs, the capital first; even before U+0139 and from U+014A on. */
	if ((c >= 0x100 && c <= 0x137 && c != 0x130) || (c >= 0x14a && c <= 0x177))
		return c | 1;
	if ((c >= 0x139 && c <= 0x148) || (c >= 0x179 && c <= 0x17e))
		return c % 2 ? c + 1 : c;
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
