#include "plan/change.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"

struct parse {
	const char *text;
	const struct cond_vocabulary *vocabulary;
	struct change_error *error;
};

static bool
wrong(struct parse *p, const char *at, const char *what, struct slice with)
{
	p->error->at = (size_t)(at - p->text);
	snprintf(p->error->text, sizeof p->error->text, "%s '%.*s'", what, SLICE_ARG(with));
	return false;
}

static struct slice
next_word(struct slice *rest)
{
	struct slice word = { NULL, 0 };

	*rest = slice_trim(*rest);
	while (word.n < rest->n && rest->s[word.n] != ' ')
		word.n++;
	word.s = rest->s;
	*rest = slice_trim((struct slice){ rest->s + word.n, rest->n - word.n });
	return word;
}

/* A number without its sign: the sign belongs to the operation. */
static bool
read_number(struct slice text, double *out)
{
	return text.n && text.s[0] != '-' && text.s[0] != '+' &&
	        num_read(text, false, out) == NUM_OK;
}

/* +N, -N, +N%, -N%, *F */
static bool
read_operation(struct parse *p, struct slice text, struct step *step)
{
	struct slice number;
	double sign = 1;

	if (text.n == 0)
		return wrong(
		        p, text.s, "an amount is missing: write +1, -10% or *0.5 behind", text);
	switch (text.s[0]) {
	case '-':
		sign = -1;
		step->operation = BY_AMOUNT;
		break;
	case '+':
		step->operation = BY_AMOUNT;
		break;
	case '*':
		step->operation = BY_FACTOR;
		break;
	default:
		return wrong(p, text.s, "no amount: write +1, -10% or *0.5 in place of", text);
	}
	number = (struct slice){ text.s + 1, text.n - 1 };
	if (number.n && number.s[number.n - 1] == '%' && step->operation == BY_AMOUNT) {
		step->operation = BY_PERCENT;
		number.n--;
	}
	if (!read_number(number, &step->n))
		return wrong(p, text.s, "no number in", text);
	step->n *= sign;
	return true;
}

static bool
read_expression(struct parse *p, struct slice text, struct step *step)
{
	struct cond_error error;
	char *copy = xstrndup(text.s, text.n);

	step->operation = TO_VALUE;
	step->expression = cond_compile_number(copy, p->vocabulary, &error);
	free(copy);
	if (step->expression)
		return true;
	p->error->at = (size_t)(text.s - p->text) + error.at;
	snprintf(p->error->text, sizeof p->error->text, "%s", error.text);
	return false;
}

static bool
parse_dose(struct parse *p, struct slice rest, struct step *step)
{
	if (rest.n && rest.s[0] == '=')
		return read_expression(p, (struct slice){ rest.s + 1, rest.n - 1 }, step);
	return read_operation(p, rest, step);
}

static bool
parse_load(struct parse *p, struct slice rest, struct step *step)
{
	if (slice_eq(rest, "+step")) {
		step->operation = BY_AMOUNT;
		step->n = 1;
		return true;
	}
	if (rest.n && rest.s[0] == '=') {
		step->operation = TO_VALUE;
		if (read_number(slice_trim((struct slice){ rest.s + 1, rest.n - 1 }), &step->n))
			return true;
		return wrong(p, rest.s, "no load in", rest);
	}
	if (!read_operation(p, rest, step))
		return false;
	if (step->operation == BY_AMOUNT || (step->operation == BY_PERCENT && step->n > 0))
		return wrong(p, rest.s, "a load goes up by +step only, not by", rest);
	return true;
}

/* +N max M|start, -N min M, = start */
static bool
parse_sets(struct parse *p, struct slice rest, struct step *step)
{
	struct slice amount = next_word(&rest), word = next_word(&rest);

	step->bound = UNKNOWN;
	if (slice_eq(amount, "=") && slice_eq(word, "start") && rest.n == 0) {
		step->operation = TO_VALUE;
		return true;
	}
	if (!read_operation(p, amount, step))
		return false;
	if (step->operation != BY_AMOUNT || !slice_eq(word, step->n > 0 ? "max" : "min"))
		return wrong(
		        p, amount.s, "write sets +1 max 5, +1 max start, -1 min 1, not", amount);
	if (slice_eq(rest, "start") || read_number(rest, &step->bound))
		return true;
	return wrong(p, rest.s, "no number of sets in", rest);
}

static bool
parse_amount(struct parse *p, struct slice rest, struct step *step)
{
	return read_operation(p, rest, step);
}

static bool
parse_from(struct parse *p, struct slice rest, struct step *step)
{
	(void)step;
	return slice_eq(rest, "last") || wrong(p, rest.s, "write from last, not", rest);
}

static bool
parse_restore(struct parse *p, struct slice rest, struct step *step)
{
	if (rest.n > 1 && rest.s[rest.n - 1] == '%' &&
	        read_number((struct slice){ rest.s, rest.n - 1 }, &step->n))
		return true;
	return wrong(p, rest.s, "write restore 100%, not", rest);
}

static bool
parse_words(struct parse *p, struct slice rest, struct step *step)
{
	size_t n = 0;

	if (rest.n == 0)
		return wrong(p, rest.s, "a word is missing behind", SLICE("add or only"));
	while (rest.n) {
		struct slice word = next_word(&rest);
		step->word = xreallocarray(step->word, n + 2, sizeof *step->word);
		step->word[n++] = xstrndup(word.s, word.n);
		step->word[n] = NULL;
	}
	return true;
}

static bool
parse_nothing(struct parse *p, struct slice rest, struct step *step)
{
	(void)step;
	return rest.n == 0 || wrong(p, rest.s, "nothing may follow here:", rest);
}

static const struct {
	const char *name;
	enum verb verb;
	enum unit unit;
	bool (*parse)(struct parse *p, struct slice rest, struct step *step);
} verbs[] = {
	{ "same", VERB_SAME, 0, parse_nothing },
	{ "dose", VERB_DOSE, 0, parse_dose },
	{ "reps", VERB_UNIT, UNIT_REPS, parse_amount },
	{ "steps", VERB_UNIT, UNIT_STEPS, parse_amount },
	{ "seconds", VERB_UNIT, UNIT_SECONDS, parse_amount },
	{ "minutes", VERB_UNIT, UNIT_MINUTES, parse_amount },
	{ "load_kg", VERB_LOAD, 0, parse_load },
	{ "sets", VERB_SETS, 0, parse_sets },
	{ "per_week", VERB_PER_WEEK, 0, parse_amount },
	{ "harder", VERB_HARDER, 0, parse_nothing },
	{ "easier", VERB_EASIER, 0, parse_nothing },
	{ "from", VERB_FROM_LAST, 0, parse_from },
	{ "restore", VERB_RESTORE, 0, parse_restore },
	{ "drop", VERB_DROP, 0, parse_nothing },
	{ "add", VERB_ADD, 0, parse_words },
	{ "only", VERB_ONLY, 0, parse_words },
	{ "stop", VERB_STOP, 0, parse_nothing },
	{ "hold", VERB_HOLD, 0, parse_nothing },
	{ "none", VERB_NONE, 0, parse_nothing },
};

static bool
unknown_verb(struct parse *p, struct slice word)
{
	const char *names[LENGTH(verbs) + 1] = { NULL };
	const char *like;

	for (size_t i = 0; i < LENGTH(verbs); i++)
		names[i] = verbs[i].name;
	like = nearest(word, names);
	wrong(p, word.s, "no such change:", word);
	if (like)
		snprintf(p->error->text, sizeof p->error->text,
		        "no such change: '%.*s'; did you mean '%s'?", SLICE_ARG(word), like);
	return false;
}

static bool
parse_step(struct parse *p, struct slice text, struct step *step)
{
	struct slice rest = text, word = next_word(&rest);

	for (size_t i = 0; i < LENGTH(verbs); i++)
		if (slice_eq(word, verbs[i].name)) {
			step->verb = verbs[i].verb;
			step->unit = verbs[i].unit;
			return verbs[i].parse(p, rest, step);
		}
	return unknown_verb(p, word);
}

static bool
parse_alternative(struct parse *p, struct change *out, struct slice text)
{
	struct slice piece;
	bool first = true;

	while (slice_split(&text, ';', &piece)) {
		GROW(out->step, out->cap, out->n);
		out->step[out->n] = (struct step){ .begins = first };
		if (!parse_step(p, piece, &out->step[out->n++]))
			return false;
		first = false;
	}
	return true;
}

bool
change_compile(struct change *out, const char *text, const struct cond_vocabulary *v,
        struct change_error *error)
{
	static const char between[] = " else ";
	struct parse p = { text, v, error };
	const char *at = text;

	*out = (struct change){ 0 };
	while (*at) {
		const char *end = strstr(at, between);
		const size_t n = end ? (size_t)(end - at) : strlen(at);
		if (!parse_alternative(&p, out, (struct slice){ at, n }))
			return false;
		at = end ? end + sizeof between - 1 : at + n;
	}
	return true;
}

void
change_free(struct change *change)
{
	for (size_t i = 0; i < change->n; i++) {
		struct step *s = &change->step[i];
		if (s->expression)
			cond_free(s->expression);
		for (char **word = s->word; word && *word; word++)
			free(*word);
		free(s->word);
	}
	free(change->step);
	*change = (struct change){ 0 };
}

const struct step *
change_step(const struct change *change, enum verb verb)
{
	for (size_t i = 0; i < change->n; i++)
		if (change->step[i].verb == verb)
			return &change->step[i];
	return NULL;
}
