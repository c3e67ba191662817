#include "log/dose.h"

#include "base/mem.h"
#include "log/number.h"

static const struct unit_word set_words[] = { { "set", 1 }, { "sets", 1 }, { NULL, 0 } };
static const struct unit_word rep_words[] = { { "rep", 1 }, { "reps", 1 }, { NULL, 0 } };
/* Without m, which may be metres. */
static const struct unit_word time_words[] = { { "s", 1 }, { "sec", 1 }, { "secs", 1 },
	{ "seconds", 1 }, { "min", 60 }, { "mins", 60 }, { "minutes", 60 }, { NULL, 0 } };

static const struct number_spec sets_spec = { .most = 9999, .whole = true, .units = set_words };
static const struct number_spec reps_spec = { .most = 9999, .whole = true, .units = rep_words };
static const struct number_spec time_spec = { .most = 86400, .units = time_words, .clock = true };

/* "/side", "per leg", "each arm": one of the first, then one of the second. */
static const char *const each_words[] = { "/", "each", "per", NULL };
static const char *const side_words[] = { "side", "leg", "arm", "hand", "foot", NULL };

static const char *const times_signs[] = { "x", "X", "*", "\xc3\x97", NULL };

#define PIECES_MOST 3
#define METRES_OR_MINUTES "could be minutes or metres: write 20min"
#define NO_DOSE "is no dose: write 3x10, 3x10@20kg, 3x30s, 20min or 2x12/side"

struct reading {
	bool comma;
	const char *unit;
	struct dose *dose;
	struct str *why;
};

static bool
refuse(struct reading *r, struct slice text, const char *what)
{
	str_reset(r->why);
	str_add_quoted(r->why, text);
	str_addf(r->why, " %s", what);
	return false;
}

static bool
read_as(struct reading *r, struct slice text, const struct number_spec *spec, double *out)
{
	return number_read(text, spec, r->comma, 1, out, r->why) != NUMBER_BAD;
}

/* Takes one of the words off the end. */
static bool
take_word(struct slice *text, const char *const *words)
{
	for (; *words; words++) {
		const size_t n = strlen(*words);

		if (text->n <= n ||
		        !slice_eq_nocase((struct slice){ text->s + text->n - n, n }, *words))
			continue;
		*text = slice_trim((struct slice){ text->s, text->n - n });
		return true;
	}
	return false;
}

static void
take_side(struct reading *r, struct slice *text)
{
	struct slice rest = *text;

	if (!take_word(&rest, side_words) || !take_word(&rest, each_words))
		return;
	*text = rest;
	r->dose->side = SIDE_BOTH;
}

/* The number of bytes of a multiplication sign at S, or 0. */
static size_t
times_at(const char *s, size_t n)
{
	for (size_t i = 0; times_signs[i]; i++) {
		const size_t k = strlen(times_signs[i]);

		if (n >= k && memcmp(s, times_signs[i], k) == 0)
			return k;
	}
	return 0;
}

/* Cuts at the signs; the number of pieces, or 0 when there are too many or an empty one. */
static size_t
cut(struct slice text, struct slice piece[PIECES_MOST])
{
	size_t n = 0, from = 0, k;

	for (size_t i = 0; i <= text.n; i += k ? k : 1) {
		k = i < text.n ? times_at(text.s + i, text.n - i) : 0;
		if (i < text.n && k == 0)
			continue;
		if (n == PIECES_MOST)
			return 0;
		piece[n] = slice_trim((struct slice){ text.s + from, i - from });
		if (piece[n++].n == 0)
			return 0;
		from = i + k;
	}
	return n;
}

static bool
has_unit(struct slice text)
{
	return text.n > 0 && (text.s[text.n - 1] | 0x20) >= 'a' &&
	        (text.s[text.n - 1] | 0x20) <= 'z';
}

static bool
read_load(struct reading *r, struct slice text)
{
	const bool pounds = r->unit && strcmp(r->unit, "lb") == 0;

	if (known(r->dose->load_kg))
		return refuse(r, text, "is a second load");
	if (r->unit == NULL && !has_unit(text))
		return refuse(r, text, "has no unit: write the load as in 3x10@20kg");
	return number_read(text, number_spec(COL_LOAD_KG), r->comma, pounds ? KG_PER_LB : 1,
	               &r->dose->load_kg, r->why) != NUMBER_BAD;
}

static bool
is_metres_or_minutes(struct slice text)
{
	const struct slice number = slice_trim((struct slice){ text.s, text.n - 1 });
	double x;

	return (text.s[text.n - 1] | 0x20) == 'm' && num_read(number, true, &x) == NUM_OK;
}

/* Do the letters at the end of the text name a unit of time? */
static bool
is_time_word(struct slice text)
{
	size_t at = text.n;

	while (at > 0 && has_unit((struct slice){ text.s, at }))
		at--;
	for (const struct unit_word *u = time_words; u->word; u++)
		if (slice_eq_nocase((struct slice){ text.s + at, text.n - at }, u->word))
			return true;
	return false;
}

/* Repetitions, or the time of one. */
static bool
read_amount(struct reading *r, struct slice text)
{
	if (is_metres_or_minutes(text))
		return refuse(r, text, METRES_OR_MINUTES);
	if (read_as(r, text, &time_spec, &r->dose->seconds))
		if (has_unit(text) || memchr(text.s, ':', text.n))
			return true;
	r->dose->seconds = UNKNOWN;
	return !memchr(text.s, ':', text.n) && read_as(r, text, &reps_spec, &r->dose->reps);
}

/* What stands behind sets x repetitions x. */
static bool
read_third(struct reading *r, struct slice text)
{
	const bool timed = known(r->dose->seconds);

	if (!has_unit(text) && !memchr(text.s, ':', text.n))
		return refuse(
		        r, text, "could be seconds or a load: write it as in 2x10x5s or 2x10@5kg");
	if (!timed && read_as(r, text, &time_spec, &r->dose->seconds))
		return true;
	if (!timed)
		r->dose->seconds = UNKNOWN;
	return read_load(r, text);
}

/* The load, behind @ or with its unit behind a blank; *TEXT keeps what stands before. */
static bool
take_load(struct reading *r, struct slice *text)
{
	const char *at = memchr(text->s, '@', text->n);
	struct slice load;

	if (at == NULL)
		return true;
	load = slice_trim((struct slice){ at + 1, (size_t)(text->s + text->n - at) - 1 });
	*text = slice_trim((struct slice){ text->s, (size_t)(at - text->s) });
	take_side(r, &load);
	if (load.n == 0)
		return refuse(r, load, "behind @ is no load: write it as in 3x10@20kg");
	return read_load(r, load);
}

/* A time alone is one set of one repetition. */
static bool
read_time(struct reading *r, struct slice whole, struct slice text)
{
	if (is_metres_or_minutes(text))
		return refuse(r, text, METRES_OR_MINUTES);
	if (!is_time_word(text))
		return refuse(r, whole, NO_DOSE);
	r->dose->sets = 1;
	return read_as(r, text, &time_spec, &r->dose->seconds);
}

static bool
read_pieces(struct reading *r, struct slice whole, struct slice text)
{
	struct slice piece[PIECES_MOST];
	const size_t n = cut(text, piece);

	if (n == 1)
		return read_time(r, whole, piece[0]);
	if (n == 0)
		return refuse(r, whole, NO_DOSE);
	if (!read_as(r, piece[0], &sets_spec, &r->dose->sets) || !read_amount(r, piece[1]))
		return false;
	if (n == 2)
		return true;
	return read_third(r, piece[2]);
}

bool
dose_read(struct slice text, bool comma, const char *unit, struct dose *out, struct str *why)
{
	struct reading r = { comma, unit, out, why };
	struct slice rest = slice_trim(text);

	*out = (struct dose){ UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, SIDE_NONE };
	if (!take_load(&r, &rest))
		return false;
	take_side(&r, &rest);
	return read_pieces(&r, slice_trim(text), rest);
}

/* Both say the same, or one of them says nothing. */
static bool
agree(double a, double b)
{
	return !known(a) || !known(b) || a == b;
}

static void
fill(double *field, double x)
{
	if (!known(*field))
		*field = x;
}

bool
dose_merge(const struct dose *dose, struct entry *e)
{
	if (!agree(dose->sets, e->sets) || !agree(dose->reps, e->reps) ||
	        !agree(dose->load_kg, e->load_kg) || !agree(dose->seconds, e->seconds))
		return false;
	if (dose->side != SIDE_NONE && e->side != SIDE_NONE && dose->side != e->side)
		return false;
	fill(&e->sets, dose->sets);
	fill(&e->reps, dose->reps);
	fill(&e->load_kg, dose->load_kg);
	fill(&e->seconds, dose->seconds);
	if (e->side == SIDE_NONE)
		e->side = dose->side;
	return true;
}
