#include "records/dialect.h"

#include <stdbool.h>
#include <strings.h>

static const char delimiters[] = { ',', ';', '\t', '|' };

/* The first CR or LF outside quotes, or N. */
static size_t
line_length(struct slice text)
{
	bool quoted = false;

	for (size_t i = 0; i < text.n; i++) {
		if (text.s[i] == '"')
			quoted = !quoted;
		else if (!quoted && (text.s[i] == '\n' || text.s[i] == '\r'))
			return i;
	}
	return text.n;
}

/* A CR ends lines when no LF follows it; CR CR LF is a line end converted twice. */
static char
line_end_of(struct slice text)
{
	size_t i = line_length(text);
	bool cr = i < text.n && text.s[i] == '\r';

	while (i < text.n && text.s[i] == '\r')
		i++;
	return cr && !(i < text.n && text.s[i] == '\n') ? '\r' : '\n';
}

/* The first line of TEXT without its line end; line breaks in quotes do not end it. */
static struct slice
first_line(struct slice text, char line_end)
{
	bool quoted = false;
	size_t i;

	for (i = 0; i < text.n; i++) {
		if (text.s[i] == '"')
			quoted = !quoted;
		else if (!quoted && (text.s[i] == line_end || text.s[i] == '\n'))
			break;
	}
	while (i > 0 && i < text.n && text.s[i - 1] == '\r')
		i--;
	return (struct slice){ text.s, i };
}

char
delimiter_of(struct slice line)
{
	size_t count[sizeof(delimiters)] = { 0 };
	bool quoted = false;
	size_t best = 0;

	for (size_t i = 0; i < line.n; i++) {
		if (line.s[i] == '"')
			quoted = !quoted;
		for (size_t d = 0; d < sizeof(delimiters) && !quoted; d++)
			count[d] += line.s[i] == delimiters[d];
	}
	for (size_t d = 1; d < sizeof(delimiters); d++)
		if (count[d] > count[best])
			best = d;
	return delimiters[best];
}

/* The character that a line "sep=;" names, quoted or not; 0 when it is no such line. */
static char
delimiter_named(struct slice line)
{
	if (line.n == 7 && line.s[0] == '"' && line.s[6] == '"')
		line = (struct slice){ line.s + 1, 5 };
	if (line.n != 5 || strncasecmp(line.s, "sep=", 4) != 0)
		return 0;
	for (size_t d = 0; d < sizeof(delimiters); d++)
		if (line.s[4] == delimiters[d])
			return line.s[4];
	return 0;
}

/* The first line that is not blank. */
static struct slice
line_with_text(struct slice text, char line_end)
{
	while (text.n > 0 && memchr(" \t\r\n", *text.s, 4)) {
		text.s++;
		text.n--;
	}
	return first_line(text, line_end);
}

struct dialect
dialect_of(struct slice head)
{
	struct dialect d = { .line_end = line_end_of(head) };
	struct slice line = first_line(head, d.line_end);

	d.delimiter = delimiter_named(line);
	if (d.delimiter)
		d.skip = line.n;
	else
		d.delimiter = delimiter_of(line_with_text(head, d.line_end));
	return d;
}
