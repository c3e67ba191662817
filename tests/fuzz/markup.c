#include "markup.h"

#include <stdint.h>

#include "base/mem.h"
#include "base/utf8.h"

#define DEPTH_MOST 64

/* No control character but line feed, no bidi mark, no noncharacter, valid UTF-8. */
static const char *
character_fault(struct slice text, size_t *at)
{
	uint32_t c;

	*at = utf8_valid_length(text.s, text.n);
	if (*at != text.n)
		return "no UTF-8";
	for (size_t i = 0; i < text.n;) {
		*at = i;
		i += utf8_decode(text.s + i, text.n - i, &c);
		if (c != '\n' && char_is_control(c))
			return "a control character";
		if (char_is_bidi(c))
			return "a bidi mark";
		if (c >= 0xfffe && c <= 0xffff)
			return "no character of XML";
	}
	return NULL;
}

/* ---- HTML ---- */

static const char *const tags[] = { "html", "head", "meta", "title", "style", "body", "main", "h1",
	"h2", "h3", "p", "ul", "li", "b", "span", "section", "table", "caption", "thead", "tbody",
	"tr", "th", "td", "svg", "g", "line", "path", "circle", "text", "desc", NULL };

/* What a value may consist of; NULL: any text. */
#define WORDS "abcdefghijklmnopqrstuvwxyz-_ "
#define DIGITS "-.0123456789"
static const struct {
	const char *name, *bytes;
} attributes[] = { { "lang", WORDS "ABCDEFGHIJKLMNOPQRSTUVWXYZ" }, { "charset", WORDS "8" },
	{ "http-equiv", "CPSecinorty-ul" }, { "content", WORDS "';=,1" }, { "name", WORDS },
	{ "class", WORDS }, { "scope", WORDS }, { "role", WORDS }, { "tabindex", "0" },
	{ "aria-label", NULL }, { "aria-labelledby", "td 0123456789" }, { "id", "td0123456789" },
	{ "viewBox", " " DIGITS }, { "x", DIGITS }, { "y", DIGITS }, { "x1", DIGITS },
	{ "y1", DIGITS }, { "x2", DIGITS }, { "y2", DIGITS }, { "cx", DIGITS }, { "cy", DIGITS },
	{ "r", DIGITS }, { "d", "MLHVZhlv " DIGITS } };

struct page {
	const char *s, *end;
	const char *open[DEPTH_MOST]; /* of tags */
	size_t depth;
};

static const char *
find_word(const char *const *words, const char *s, size_t n)
{
	for (; *words; words++)
		if (strlen(*words) == n && memcmp(*words, s, n) == 0)
			return *words;
	return NULL;
}

static bool
starts(const struct page *p, const char *with)
{
	const size_t n = strlen(with);

	return (size_t)(p->end - p->s) >= n && memcmp(p->s, with, n) == 0;
}

static bool
skip(struct page *p, const char *word)
{
	const bool is = starts(p, word);

	p->s += is ? strlen(word) : 0;
	return is;
}

static size_t
span(const struct page *p, const char *bytes)
{
	size_t n = 0;

	while (p->s + n < p->end && p->s[n] && strchr(bytes, p->s[n]))
		n++;
	return n;
}

/* Only the five that XML knows, so that nothing else can be smuggled in. */
static bool
skip_entity(struct page *p)
{
	return skip(p, "&amp;") || skip(p, "&lt;") || skip(p, "&gt;") || skip(p, "&quot;") ||
	        skip(p, "&#39;");
}

static const char *
read_value(struct page *p, const char *bytes)
{
	if (!skip(p, "=\""))
		return "an attribute without a quoted value";
	while (p->s < p->end && *p->s != '"') {
		if (*p->s == '<' || *p->s == '>')
			return "a bracket in an attribute";
		if (bytes && !strchr(bytes, *p->s))
			return "a strange value of an attribute";
		if (*p->s == '&' ? !skip_entity(p) : (p->s++, false))
			return "a bare & in an attribute";
	}
	return skip(p, "\"") ? NULL : "an attribute without end";
}

static const char *
read_attribute(struct page *p)
{
	const size_t n = span(p, "abcdefghijklmnopqrstuvwxyzB-12");

	for (size_t i = 0; i < LENGTH(attributes); i++)
		if (strlen(attributes[i].name) == n && memcmp(attributes[i].name, p->s, n) == 0) {
			p->s += n;
			return read_value(p, attributes[i].bytes);
		}
	return "an unknown attribute";
}

static const char *
read_end_tag(struct page *p)
{
	const size_t n = span(p, "abcdefghijklmnopqrstuvwxyz123");

	if (p->depth == 0 || find_word(tags, p->s, n) != p->open[p->depth - 1])
		return "an end tag that closes nothing";
	p->depth--;
	p->s += n;
	return skip(p, ">") ? NULL : "an end tag with more in it";
}

/* The sheet of styles is ours alone: nothing of the log comes near it. */
static const char *
skip_style(struct page *p)
{
	while (p->s < p->end && *p->s != '<')
		p->s++;
	return starts(p, "</style>") ? NULL : "a style with something in it";
}

static const char *
read_tag(struct page *p)
{
	const size_t n = span(p, "abcdefghijklmnopqrstuvwxyz123");
	const char *tag = find_word(tags, p->s, n), *wrong = NULL;

	if (!tag)
		return "an unknown tag";
	if ((strcmp(tag, "html") == 0) != (p->depth == 0))
		return "html is not the outermost tag";
	p->s += n;
	while (!wrong && skip(p, " "))
		wrong = read_attribute(p);
	if (wrong || skip(p, "/>"))
		return wrong;
	if (!skip(p, ">"))
		return "a tag without end";
	if (p->depth == DEPTH_MOST)
		return "too deep";
	p->open[p->depth++] = tag;
	return strcmp(tag, "style") == 0 ? skip_style(p) : NULL;
}

static const char *
read_piece(struct page *p)
{
	if (skip(p, "</"))
		return read_end_tag(p);
	if (skip(p, "<"))
		return read_tag(p);
	if (*p->s == '>')
		return "a bare >";
	if (*p->s == '&')
		return skip_entity(p) ? NULL : "a bare &";
	if (p->depth == 0 && *p->s != '\n')
		return "text outside of html";
	p->s++;
	return NULL;
}

const char *
html_fault(struct slice text, size_t *at)
{
	struct page p = { .s = text.s, .end = text.s + text.n };
	const char *wrong = character_fault(text, at);

	if (wrong)
		return wrong;
	wrong = skip(&p, "<!DOCTYPE html>\n") ? NULL : "no document type";
	while (!wrong && p.s < p.end)
		wrong = read_piece(&p);
	if (!wrong && p.depth > 0)
		wrong = "a tag is not closed";
	*at = (size_t)(p.s - text.s);
	return wrong;
}

/* ---- Markdown and text ---- */

/* Bytes of a line that are among these, and not escaped. */
static size_t
bare(const char *line, size_t n, const char *bytes)
{
	size_t found = 0;

	for (size_t i = 0; i < n; i++)
		if (line[i] == '\\')
			i++;
		else
			found += line[i] && strchr(bytes, line[i]);
	return found;
}

/* All rows of a table have the cells of its header; outside of tables no bar stands bare. */
const char *
markdown_fault(struct slice text, size_t *at)
{
	const char *wrong = character_fault(text, at);
	size_t cells = 0;

	for (size_t i = 0, n; !wrong && i < text.n; i += n + 1) {
		const char *line = text.s + i, *end = memchr(line, '\n', text.n - i);

		*at = i;
		n = end ? (size_t)(end - line) : text.n - i;
		const size_t here = bare(line, n, "|");
		if (here > 0 && cells > 0 && here != cells)
			wrong = "a row with other cells than its table";
		if (here > 0 && *line != '|')
			wrong = "a bare bar outside of a table";
		if (bare(line, n, "<>&`[]") > 0)
			wrong = "mark-up that is not ours";
		cells = here;
	}
	return wrong;
}

const char *
text_fault(struct slice text, bool colours, size_t *at)
{
	struct str plain = STR_INIT;
	const char *wrong;
	size_t n;

	for (size_t i = 0; i < text.n; i++) {
		const struct page p = { .s = text.s + i + 2, .end = text.s + text.n };

		if (colours && i + 2 < text.n && memcmp(text.s + i, "\x1b[", 2) == 0 &&
		        (n = span(&p, "0123456789;")) < (size_t)(p.end - p.s) && p.s[n] == 'm')
			i += 2 + n;
		else
			str_putc(&plain, text.s[i]);
	}
	wrong = character_fault((struct slice){ str_text(&plain), plain.n }, at);
	str_free(&plain);
	return wrong;
}
