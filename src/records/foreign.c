#include "records/foreign.h"

#include "base/diag.h"
#include "base/mem.h"

struct kind {
	struct slice begin;
	const char *what;
	const char *convert; /* a command with % for the file; NULL: export it again */
};

static const struct kind kinds[] = {
	{ SLICE("PK\x03\x04"), "a workbook (or another zip archive)", "xlsx2csv %" },
	{ SLICE("PK\x05\x06"), "an empty zip archive", NULL },
	{ SLICE("\xd0\xcf\x11\xe0"), "an old workbook (.xls)", "in2csv %" },
	{ SLICE("\x1f\x8b"), "a gzip file", "zcat %" },
	{ SLICE("BZh"), "a bzip2 file", "bzcat %" },
	{ SLICE("\xfd"
	        "7zXZ"),
	        "an xz file", "xzcat %" },
	{ SLICE("\x28\xb5\x2f\xfd"), "a zstd file", "zstdcat %" },
	{ SLICE("%PDF"), "a PDF", NULL },
	{ SLICE("{\\rtf"), "an RTF text", NULL },
	{ SLICE("SQLite format 3"), "an SQLite database",
	        "sqlite3 -header -csv % 'select * from log'" },
	{ SLICE("{"), "JSON", "mlr --ijson --ocsv cat %" },
	{ SLICE("["), "JSON", "mlr --ijson --ocsv cat %" },
	{ SLICE("\x89PNG"), "a picture", NULL },
	{ SLICE("\xff\xd8\xff"), "a picture", NULL },
	{ SLICE("\x7f"
	        "ELF"),
	        "a program", NULL },
	{ SLICE("<"), "HTML or XML", NULL },
};

static void
add_command(struct str *t, const char *command, const char *file)
{
	str_puts(t, "; try: ");
	for (const char *p = command; *p; p++)
		if (*p == '%')
			str_add_shell_word(t, file ? file : "FILE");
		else
			str_putc(t, *p);
	str_addf(t, " | %s", diag_program());
}

/* UTF-16 without its mark, with which it is read: of ASCII text, every second byte is NUL. */
static const char *
utf16_unmarked(struct slice head)
{
	size_t nul[2] = { 0, 0 }, n = head.n < 64 ? head.n : 64;

	for (size_t i = 0; i < n; i++)
		nul[i % 2] += head.s[i] == '\0';
	if (n < 4 || (nul[0] > 0) == (nul[1] > 0) || memcmp(head.s, "\xff\xfe", 2) == 0 ||
	        memcmp(head.s, "\xfe\xff", 2) == 0)
		return NULL;
	if (nul[1] >= n / 2 - n / 8)
		return "UTF-16LE";
	return nul[0] >= n / 2 - n / 8 ? "UTF-16BE" : NULL;
}

static void
explain_utf16(struct str *why, const char *encoding, const char *file)
{
	str_puts(why, "UTF-16 without a byte-order mark (every second byte is NUL); try: ");
	str_addf(why, "ptlog --encoding %s ", encoding);
	str_add_shell_word(why, file ? file : "FILE");
}

void
foreign_explain(struct str *why, struct slice head, const char *file)
{
	const char *encoding = utf16_unmarked(head);
	struct slice text = head;

	if (encoding)
		explain_utf16(why, encoding, file);
	if (text.n >= 3 && memcmp(text.s, "\xef\xbb\xbf", 3) == 0) /* as Windows marks any text */
		text = (struct slice){ text.s + 3, text.n - 3 };
	while (text.n > 0 && memchr(" \t\r\n", *text.s, 4))
		text = (struct slice){ text.s + 1, text.n - 1 };
	for (size_t i = 0; i < LENGTH(kinds) && !encoding; i++) {
		const struct kind *k = &kinds[i];

		if (text.n < k->begin.n || memcmp(text.s, k->begin.s, k->begin.n) != 0)
			continue;
		str_addf(why, "this is %s, not CSV", k->what);
		if (k->convert)
			add_command(why, k->convert, file);
		else
			str_puts(why, "; export it as CSV from where it comes from");
		return;
	}
}

bool
is_sheet_error(struct slice text)
{
	static const char *const errors[] = { "#NAME?", "#VALUE!", "#REF!", "#DIV/0!", "#N/A",
		"#NUM!", "#NULL!", "#SPILL!", "#CALC!" };

	if (text.n == 0 || text.s[0] != '#')
		return false;
	for (size_t i = 0; i < LENGTH(errors); i++)
		if (slice_eq(text, errors[i]))
			return true;
	for (size_t i = 1; i < text.n; i++)
		if (text.s[i] != '#')
			return false;
	return text.n >= 3; /* ####### */
}
