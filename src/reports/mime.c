#include "reports/mime.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdio.h>

#include "base/intern.h"
#include "base/utf8.h"

#define LINE_MOST 76
#define WORD_BYTES 39 /* of text in one encoded word: 52 in base64, 64 with its frame */

static bool
atom_good(struct slice a)
{
	size_t at = 0;

	if (a.n == 0 || a.s[0] == '-')
		return false;
	for (size_t i = 0; i < a.n; i++) {
		unsigned char c = (unsigned char)a.s[i];

		if (c == '@')
			at++;
		else if (!isascii(c) || !(isalnum(c) || strchr("._%+-", c)))
			return false;
	}
	return at <= 1 && a.s[0] != '@' && a.s[a.n - 1] != '@';
}

bool
mime_address_good(const char *address)
{
	const char *s = address, *comma;

	while ((comma = strchr(s, ','))) {
		if (!atom_good((struct slice){ s, (size_t)(comma - s) }))
			return false;
		s = comma + 1;
		while (*s == ' ')
			s++;
	}
	return atom_good(slice_of(s));
}

void
mime_quoted(struct str *out, struct slice text)
{
	size_t column = 0;

	for (size_t i = 0; i < text.n; i++) {
		unsigned char c = (unsigned char)text.s[i];
		bool last = i + 1 == text.n || text.s[i + 1] == '\n';
		/* a blank before a line end, a line of one dot and "From " do not survive mail */
		bool plain =
		        c > 32 && c < 127 && c != '=' && !(column == 0 && (c == '.' || c == 'F'));

		if (c == '\n') {
			str_putc(out, '\n');
			column = 0;
			continue;
		}
		plain = plain || (c == ' ' && !last);
		if (column + (plain ? 1 : 3) > LINE_MOST - 1) {
			str_puts(out, "=\n");
			column = 0;
			plain = plain && c != '.' && c != 'F';
		}
		if (plain)
			str_putc(out, (char)c);
		else
			str_addf(out, "=%02X", c);
		column += plain ? 1 : 3;
	}
}

static void
add_base64(struct str *out, const unsigned char *s, size_t n)
{
	static const char digit[] =
	        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

	for (size_t i = 0; i < n; i += 3) {
		unsigned a = s[i], b = i + 1 < n ? s[i + 1] : 0U, c = i + 2 < n ? s[i + 2] : 0U;

		str_putc(out, digit[a >> 2]);
		str_putc(out, digit[(a & 3) << 4 | b >> 4]);
		str_putc(out, i + 1 < n ? digit[(b & 15) << 2 | c >> 6] : '=');
		str_putc(out, i + 2 < n ? digit[c & 63] : '=');
	}
}

/* Bytes of whole characters from S, at most MOST. */
static size_t
whole_characters(const char *s, size_t n, size_t most)
{
	size_t used = 0;
	uint32_t c;

	while (used < n) {
		size_t one = utf8_decode(s + used, n - used, &c);

		if (used + one > most)
			break;
		used += one;
	}
	return used;
}

static bool
needs_encoding(const char *text)
{
	if (strlen(text) > 60 || strstr(text, "=?"))
		return true;
	for (; *text; text++)
		if (*text < 32 || *text > 126)
			return true;
	return false;
}

void
mime_header(struct str *out, const char *name, const char *text)
{
	struct str seen = STR_INIT;
	size_t at = 0;

	str_addf(out, "%s:", name);
	str_add_visible(&seen, text, strlen(text));
	if (!needs_encoding(str_text(&seen))) {
		str_addf(out, " %s\n", str_text(&seen));
		str_free(&seen);
		return;
	}
	while (at < seen.n) {
		size_t n = whole_characters(seen.s + at, seen.n - at, WORD_BYTES);

		str_puts(out, at ? "\n =?UTF-8?B?" : " =?UTF-8?B?");
		add_base64(out, (const unsigned char *)seen.s + at, n);
		str_puts(out, "?=");
		at += n;
	}
	str_putc(out, '\n');
	str_free(&seen);
}

static void
add_part(struct str *out, const char *boundary, const char *type, struct slice body)
{
	str_addf(out, "--%s\nContent-Type: %s; charset=utf-8\n", boundary, type);
	str_puts(out, "Content-Transfer-Encoding: quoted-printable\n\n");
	mime_quoted(out, body);
	str_putc(out, '\n');
}

/* Folded behind commas; an address is never cut. */
static void
add_to(struct str *out, const char *to)
{
	size_t column = strlen("To:");

	str_puts(out, "To:");
	while (*to) {
		size_t n = strcspn(to, ",");
		const char *comma = to[n] ? "," : "";

		if (column > strlen("To:") && column + 1 + n + strlen(comma) > LINE_MOST) {
			str_puts(out, "\n");
			column = 0;
		}
		str_addf(out, " %.*s%s", (int)n, to, comma);
		column += 1 + n + strlen(comma);
		to += n + strlen(comma);
		to += strspn(to, " ");
	}
	str_putc(out, '\n');
}

void
mime_message(
        struct str *out, const char *to, const char *subject, struct slice text, struct slice html)
{
	char boundary[40];

	/* "=_" cannot stand in a quoted-printable body */
	snprintf(boundary, sizeof(boundary), "=_pt_%016" PRIx64, stable_hash(html.s, html.n));
	add_to(out, to);
	mime_header(out, "Subject", subject);
	str_puts(out, "MIME-Version: 1.0\nAuto-Submitted: auto-generated\n");
	str_addf(out, "Content-Type: multipart/alternative;\n boundary=\"%s\"\n\n", boundary);
	add_part(out, boundary, "text/plain", text);
	add_part(out, boundary, "text/html", html);
	str_addf(out, "--%s--\n", boundary);
}
