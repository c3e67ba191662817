#include "records/filetype.h"

#include "base/mem.h"

static const struct {
	const char *magic;
	size_t n;
	const char *what;
} types[] = {
	{ "PK\003\004", 4, "a workbook or another zip file; try: xlsx2csv FILE | ptlog" },
	{ "\xd0\xcf\x11\xe0", 4, "an old Excel workbook; save it as CSV UTF-8" },
	{ "\x1f\x8b", 2, "compressed with gzip; try: zcat FILE | ptlog" },
	{ "\x28\xb5\x2f\xfd", 4, "compressed with zstd; try: zstdcat FILE | ptlog" },
	{ "\xfd"
	  "7zXZ",
	        5, "compressed with xz; try: xzcat FILE | ptlog" },
	{ "BZh", 3, "compressed with bzip2; try: bzcat FILE | ptlog" },
	{ "%PDF-", 5, "a PDF; export the table as CSV" },
	{ "SQLite format 3", 15,
	        "an SQLite database; try: sqlite3 -csv -header FILE 'select …' | ptlog" },
	{ "<?xml", 5, "XML; export the table as CSV" },
	{ "<!DOCTYPE", 9, "a web page; export the table as CSV" },
	{ "<html", 5, "a web page; export the table as CSV" },
	{ "{", 1, "JSON; try: jq -r … | ptlog, with @csv" },
	{ "[", 1, "JSON; try: jq -r … | ptlog, with @csv" },
	{ "\x89PNG", 4, "a picture" },
	{ "\xff\xd8\xff", 3, "a picture" },
	{ "\x7f"
	  "ELF",
	        4, "a program" },
};

/* UTF-16 without its mark: every second byte of the beginning is NUL. */
static bool
is_bare_utf16(struct slice head)
{
	const size_t n = head.n < 64 ? head.n & ~(size_t)1 : 64;
	size_t even = 0, odd = 0;

	for (size_t i = 0; i + 1 < n; i += 2) {
		even += head.s[i] == '\0';
		odd += head.s[i + 1] == '\0';
	}
	return n >= 4 && (even == n / 2 || odd == n / 2) && even != odd;
}

const char *
filetype_not_csv(struct slice head)
{
	for (size_t i = 0; i < LENGTH(types); i++)
		if (head.n >= types[i].n && memcmp(head.s, types[i].magic, types[i].n) == 0)
			return types[i].what;
	if (is_bare_utf16(head))
		return "UTF-16 without a byte-order mark; try: iconv -f UTF-16LE -t UTF-8 FILE | "
		       "ptlog";
	return NULL;
}
