#include "domain/profile.h"

#include <strings.h>

#include "base/intern.h"
#include "base/mem.h"
#include "log/claims.h"
#include "log/value.h"

bool
profile_is(const struct entry *e, const char *item)
{
	return e->kind == KIND_PROFILE && e->text.n && slice_eq(e->item, item);
}

const char *
profile_value(const struct history *h, const char *item, int day)
{
	const char *value = NULL;

	for (size_t i = 0; i < h->n; i++) {
		const struct entry *e = &h->row[i];
		if (e->date.day > day)
			break;
		if (profile_is(e, item))
			value = e->text.s;
	}
	return value;
}

const char *
profile_language(const struct history *h, const struct catalogue *c, int day)
{
	const char *said = profile_value(h, "language", day);
	const char *own = said ? cat_language(c, said) : NULL;

	return own ? own : said;
}

const char *const care_names[] = { [CARE_ACTIVE] = "active",
	[CARE_PAUSED] = "paused",
	[CARE_DISCHARGED] = "discharged",
	[CARE_DECEASED] = "deceased" };

static enum care
care_of(const char *text)
{
	for (int i = CARE_PAUSED; i <= CARE_DECEASED; i++)
		if (strcmp(text, care_names[i]) == 0)
			return (enum care)i;
	return CARE_ACTIVE;
}

bool
profile_status(const struct entry *e, enum care *out)
{
	if (!profile_is(e, "status"))
		return false;
	*out = care_of(e->text.s);
	return true;
}

enum care
profile_care(const struct history *h, int day)
{
	const char *own = profile_value(h, "status", day);

	return own ? care_of(own) : CARE_ACTIVE;
}

double
profile_number(const struct history *h, const char *item, int day)
{
	const char *text = profile_value(h, item, day);
	double x;

	if (!text || num_read(slice_of(text), false, &x) != NUM_OK)
		return UNKNOWN;
	return x;
}

/* What a value is compared by: its text, or an id that lives in the history's pool. */
struct naming {
	const struct history *h;
	const struct catalogue *c; /* whose ids come first */
	const char *item;
};

static const char *
name_of(const struct naming *naming, struct slice text)
{
	const char *name = claims_id(naming->c, slice_of(naming->item), text);
	struct str id = STR_INIT;

	if (name)
		return name;
	if (strcmp(naming->item, "goal") != 0)
		id_normalise(text, &id);
	else
		str_add(&id, text.s, text.n);
	if (slice_eq(text, str_text(&id)) && text.s[text.n] == '\0')
		name = text.s;
	else if (naming->h->pool)
		name = pool_text(naming->h->pool, pool_add(naming->h->pool, id.s, id.n));
	else
		name = text.s;
	str_free(&id);
	return name;
}

static size_t
position(const char *const *values, size_t n, const char *value)
{
	size_t i = 0;

	while (i < n && strcmp(values[i], value) != 0)
		i++;
	return i;
}

static size_t
without(const char **values, size_t n, size_t i)
{
	if (i == n)
		return n;
	memmove(values + i, values + i + 1, (n - i - 1) * sizeof *values);
	return n - 1;
}

/* The values that stand on the day, in order of entry. */
static size_t
standing(const struct naming *naming, int day, const char **out, size_t most)
{
	size_t n = 0;

	for (size_t i = 0; i < naming->h->n; i++) {
		const struct entry *e = &naming->h->row[i];
		if (e->date.day > day)
			break;
		if (!profile_is(e, naming->item))
			continue;
		struct slice text = e->text;
		bool ends = takes_away(&text);
		const char *name = name_of(naming, text);
		size_t at = position(out, n, name);
		if (ends)
			n = without(out, n, at);
		else if (at == n && n < most)
			out[n++] = name;
	}
	return n;
}

size_t
profile_list(const struct history *h, const struct catalogue *c, const char *item, int day,
        const char **out, size_t most)
{
	return standing(&(struct naming){ h, c, item }, day, out, most);
}

bool
profile_ended(const struct history *h, const struct catalogue *c, const char *item,
        const char *value, int day)
{
	struct naming naming = { h, c, item };
	const char *wanted = name_of(&naming, slice_of(value));
	bool ended = false;

	for (size_t i = 0; i < h->n && h->row[i].date.day <= day; i++) {
		const struct entry *e = &h->row[i];
		if (!profile_is(e, item))
			continue;
		struct slice text = e->text;
		bool ends = takes_away(&text);
		if (strcmp(name_of(&naming, text), wanted) == 0)
			ended = ends;
	}
	return ended;
}

size_t
profile_condition_ids(
        const struct history *h, const struct catalogue *c, int day, const char **out, size_t most)
{
	return profile_list(h, c, "condition", day, out, most);
}

size_t
profile_conditions(const struct history *h, const struct catalogue *c, int day,
        const struct condition **out, size_t most, size_t *unknown)
{
	const char *id[PROFILE_MOST];
	size_t ids = profile_condition_ids(h, c, day, id, PROFILE_MOST), n = 0;

	*unknown = 0;
	for (size_t i = 0; i < ids; i++) {
		const struct condition *found = cat_condition(c, slice_of(id[i]));
		if (!found)
			++*unknown;
		else if (n < most)
			out[n++] = found;
	}
	return n;
}

/* As typed, and as a word processor writes it; the longer ones first. */
static const struct {
	const char *text;
	enum goal_operator op;
} operators[] = {
	{ "<=", GOAL_AT_MOST },
	{ "\xe2\x89\xa4", GOAL_AT_MOST },
	{ ">=", GOAL_AT_LEAST },
	{ "\xe2\x89\xa5", GOAL_AT_LEAST },
	{ "<", GOAL_BELOW },
	{ ">", GOAL_ABOVE },
	{ "=", GOAL_EQUAL },
};

static bool
take_operator(struct slice *rest, enum goal_operator *op)
{
	for (size_t i = 0; i < LENGTH(operators); i++) {
		const size_t n = strlen(operators[i].text);

		if (rest->n < n || memcmp(rest->s, operators[i].text, n) != 0)
			continue;
		*op = operators[i].op;
		*rest = slice_trim((struct slice){ rest->s + n, rest->n - n });
		return true;
	}
	return false;
}

static bool
is_metric_char(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	        c == '-' || c == ':' || c == ' ' || c == '_';
}

/* A number, and maybe a unit behind it. */
static bool
read_target(struct slice text, struct goal_target *out)
{
	size_t n = 0;

	while (n < text.n && text.s[n] && strchr("+-.,0123456789", text.s[n]))
		n++;
	for (size_t i = n; i < text.n; i++)
		if (text.s[i] >= '0' && text.s[i] <= '9')
			return false;
	out->unit = slice_trim((struct slice){ text.s + n, text.n - n });
	return num_read((struct slice){ text.s, n }, false, &out->number) == NUM_OK;
}

bool
goal_parse(const char *text, struct goal_target *out)
{
	struct slice rest = slice_trim(slice_of(text));
	size_t n = 0;

	while (n < rest.n && is_metric_char(rest.s[n]))
		n++;
	out->metric = slice_trim((struct slice){ rest.s, n });
	rest = slice_trim((struct slice){ rest.s + n, rest.n - n });
	return out->metric.n > 0 && take_operator(&rest, &out->op) && read_target(rest, out);
}

bool
goal_is_measured(const struct catalogue *c, const struct goal_target *g)
{
	const struct measure *m = cat_measure(c, g->metric);

	if (g->unit.n == 0)
		return true;
	return m && g->unit.n <= strlen(m->unit) && strncasecmp(g->unit.s, m->unit, g->unit.n) == 0;
}

bool
goal_met(const struct goal_target *g, double value)
{
	switch (g->op) {
	case GOAL_AT_LEAST:
		return value >= g->number - NUM_SLACK;
	case GOAL_AT_MOST:
		return value <= g->number + NUM_SLACK;
	case GOAL_ABOVE:
		return value > g->number + NUM_SLACK;
	case GOAL_BELOW:
		return value < g->number - NUM_SLACK;
	case GOAL_EQUAL:
		return fabs(value - g->number) <= NUM_SLACK;
	}
	return false;
}
