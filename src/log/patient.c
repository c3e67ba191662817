#include "log/patient.h"

#include <stdlib.h>
#include <string.h>

#include "base/diag.h"
#include "base/effect.h"
#include "base/intern.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "records/foreign.h"

struct seen {
	size_t serial; /* of the table's header */
	const char *file;
	long line;
	uint64_t value; /* of a profile row: the text's hash */
};

struct patients {
	struct pool *ids, *files;
	struct pool *shapes; /* ids without what people overlook */
	struct seen *shape;
	size_t cap_shape;
	struct pool *facts; /* id, item: the newest value of one table */
	struct seen *fact;
	size_t cap_fact;
	bool said_script, said_full;
	char last[PATIENT_BYTES];
	size_t last_n;
};

struct patients *
patients_new(void)
{
	struct patients *p = xcalloc(1, sizeof *p);

	p->ids = pool_new();
	p->files = pool_new();
	p->shapes = pool_new();
	p->facts = pool_new();
	return p;
}

void
patients_free(struct patients *p)
{
	pool_free(p->ids);
	pool_free(p->files);
	pool_free(p->shapes);
	pool_free(p->facts);
	free(p->shape);
	free(p->fact);
	free(p);
}

static const char *
bad_character(uint32_t c)
{
	if (c == ' ' || c == '\t' || c == 0xa0 || c == 0x202f)
		return "blank in the id (is this a name? use a code)";
	if (c == '\n' || c == '\r')
		return "line break in the id";
	if (char_is_control(c))
		return "control character in the id";
	if (char_is_invisible(c) || char_is_bidi(c))
		return "invisible character in the id: type it again";
	return "only letters, digits, . _ and - make an id, and it begins with a letter or digit";
}

static bool
is_id_letter(uint32_t c)
{
	if (c < 0x80)
		return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
	return char_is_letter(c) && !char_is_invisible(c) && !char_is_bidi(c);
}

const char *
patient_wrong(struct slice id)
{
	uint32_t c;

	if (id.n == 0)
		return "empty (merged cells in the spreadsheet? repeat the date and the patient on "
		       "each row)";
	for (size_t i = 0; i < id.n;) {
		const size_t at = i;
		i += utf8_decode(id.s + i, id.n - i, &c);
		if (!is_id_letter(c) && (at == 0 || (c != '.' && c != '_' && c != '-')))
			return bad_character(c);
	}
	if (is_sheet_error(id))
		return "an error that a spreadsheet wrote: look at the original";
	return id.n > PATIENT_BYTES ? "longer than 64 bytes" : NULL;
}

/* Greek and Cyrillic letters that look like Latin ones. */
static const struct {
	uint32_t c;
	char latin;
} lookalikes[] = {
	{ 0x391, 'a' },
	{ 0x392, 'b' },
	{ 0x395, 'e' },
	{ 0x396, 'z' },
	{ 0x397, 'h' },
	{ 0x399, 'i' },
	{ 0x39a, 'k' },
	{ 0x39c, 'm' },
	{ 0x39d, 'n' },
	{ 0x39f, 'o' },
	{ 0x3a1, 'p' },
	{ 0x3a4, 't' },
	{ 0x3a5, 'y' },
	{ 0x3a7, 'x' },
	{ 0x3bf, 'o' },
	{ 0x405, 's' },
	{ 0x406, 'i' },
	{ 0x408, 'j' },
	{ 0x410, 'a' },
	{ 0x412, 'b' },
	{ 0x415, 'e' },
	{ 0x41a, 'k' },
	{ 0x41c, 'm' },
	{ 0x41d, 'h' },
	{ 0x41e, 'o' },
	{ 0x420, 'p' },
	{ 0x421, 'c' },
	{ 0x422, 't' },
	{ 0x423, 'y' },
	{ 0x425, 'x' },
	{ 0x430, 'a' },
	{ 0x435, 'e' },
	{ 0x43e, 'o' },
	{ 0x440, 'p' },
	{ 0x441, 'c' },
	{ 0x443, 'y' },
	{ 0x445, 'x' },
	{ 0x455, 's' },
	{ 0x456, 'i' },
	{ 0x458, 'j' },
};

static char
looks_like(uint32_t c)
{
	for (size_t i = 0; c >= lookalikes[0].c && i < LENGTH(lookalikes); i++)
		if (lookalikes[i].c == c)
			return lookalikes[i].latin;
	return '\0';
}

/* What remains of an id when case, leading zeros and look-alike letters are overlooked. */
static void
id_shape(struct slice id, struct str *out)
{
	bool leading = true;
	uint32_t c;

	for (size_t i = 0; i < id.n;) {
		const size_t n = utf8_decode(id.s + i, id.n - i, &c);
		const bool digit = c >= '0' && c <= '9';
		const char latin = looks_like(c);
		const bool zero = c == '0' && leading && i + 1 < id.n && id.s[i + 1] >= '0' &&
		        id.s[i + 1] <= '9';
		leading = zero || !digit;
		if (zero)
			;
		else if (c < 0x80)
			str_putc(out, (char)(c >= 'A' && c <= 'Z' ? c + 0x20 : c));
		else if (latin)
			str_putc(out, latin);
		else
			str_add(out, id.s + i, n);
		i += n;
	}
}

/* Letters of two scripts in one id, or all of another script that could be Latin ones. */
static bool
mixes_scripts(struct slice id)
{
	unsigned scripts = 0;
	bool all_alike = true;
	uint32_t c;

	for (size_t i = 0; i < id.n;) {
		i += utf8_decode(id.s + i, id.n - i, &c);
		const int script = char_script(c);
		if (script > 0)
			scripts |= 1u << script;
		if (script > 1 && !looks_like(c))
			all_alike = false;
	}
	return (scripts & (scripts - 1)) != 0 || (scripts > 2 && all_alike);
}

static struct seen
seen_at(struct patients *p, const struct row *row, uint64_t value)
{
	const uint32_t file = pool_add(p->files, row->file, strlen(row->file));

	return (struct seen){ row->header->serial, pool_text(p->files, file), row->record.line,
		value };
}

/* Where an id that looks like this one was seen first, or NULL: then it is remembered as such. */
static const struct seen *
alike(struct patients *p, struct slice id, const struct row *row)
{
	struct str shape = STR_INIT;

	id_shape(id, &shape);
	const size_t known = pool_count(p->shapes);
	const uint32_t at = pool_add(p->shapes, str_text(&shape), shape.n);
	str_free(&shape);
	if (at < known)
		return &p->shape[at];
	GROW(p->shape, p->cap_shape, known);
	p->shape[at] = seen_at(p, row, 0);
	return NULL;
}

static void
warn_alike(struct patients *p, struct slice id, const struct row *row)
{
	const struct place here = { row->file, row->record.line, "patient" };
	const struct seen *other;

	if (mixes_scripts(id) && !p->said_script) {
		p->said_script = true;
		diag_warning(
		        here, "letters that look like those of another alphabet in the id; kept");
	}
	other = alike(p, id, row);
	if (other)
		diag_warning(here,
		        "the id differs from that of %s:%ld only in case, leading zeros or "
		        "look-alike letters: two patients?",
		        other->file, other->line);
}

/* Whether POOL takes one more; that it does not is no reason to say less in silence. */
static bool
has_room(struct patients *p, const struct pool *pool, size_t most)
{
	if (pool_count(pool) < most)
		return true;
	if (!p->said_full)
		diag_note(
		        "more patients than are compared with one another: ids that look alike, or "
		        "mean two people, may go unnoticed");
	p->said_full = true;
	return false;
}

/* With as many as are remembered, to look at an id is quicker than to look for it. */
static bool
is_remembered(const struct patients *p, struct slice id)
{
	const bool full = p->said_full && pool_count(p->ids) >= PATIENTS_KNOWN;

	return !full && id.n <= PATIENT_BYTES && pool_find(p->ids, id.s, id.n) != POOL_NONE;
}

const char *
patient_check(struct patients *p, struct slice id, const struct row *row)
{
	const char *why;

	if (id.n == p->last_n && id.n > 0 && memcmp(id.s, p->last, id.n) == 0)
		return NULL;
	if (!is_remembered(p, id)) {
		if ((why = patient_wrong(id)) != NULL)
			return why;
		if (has_room(p, p->ids, PATIENTS_KNOWN)) {
			effect();
			pool_add(p->ids, id.s, id.n);
			warn_alike(p, id, row);
		}
	}
	memcpy(p->last, id.s, id.n);
	p->last_n = id.n;
	return NULL;
}

bool
patient_know(struct patients *p, struct slice id, const struct row *row)
{
	if (pool_count(p->ids) >= PATIENTS_KNOWN)
		return false;
	if (!is_remembered(p, id) && patient_wrong(id) == NULL) {
		effect();
		pool_add(p->ids, id.s, id.n);
		alike(p, id, row);
	}
	return true;
}

static bool
is_identity(struct slice item)
{
	return slice_eq(item, "birth-year") || slice_eq(item, "clinic") ||
	        slice_eq(item, "therapist");
}

void
patient_profile(struct patients *p, const struct entry *e, const struct row *row)
{
	struct str key = STR_INIT;
	uint64_t value[2];

	if (!is_identity(e->item) || !has_room(p, p->facts, FACTS_KNOWN))
		return;
	effect();
	str_add(&key, e->patient.s, e->patient.n);
	str_putc(&key, '/');
	str_add(&key, e->item.s, e->item.n);
	const size_t known = pool_count(p->facts);
	const uint32_t at = pool_add(p->facts, str_text(&key), key.n);
	keyed_hash(e->text.s, e->text.n, value);
	if (at == known) {
		GROW(p->fact, p->cap_fact, known);
	} else if (p->fact[at].serial != row->header->serial && p->fact[at].value != value[0]) {
		diag_warning((struct place){ row->file, row->record.line, "patient" },
		        "the id has another %.*s than at %s:%ld: two patients? (--prefix keeps "
		        "clinics "
		        "apart)",
		        SLICE_ARG(e->item), p->fact[at].file, p->fact[at].line);
	}
	p->fact[at] = seen_at(p, row, value[0]);
	str_free(&key);
}
