#include "plan/vocabulary.h"

#include <stdio.h>

const char *const scope_names[] = { "patient", "metric", "exercise", NULL };

/* Where a name's value lives: an offset into the state of its scope. */
struct field {
	const char *name;
	enum cond_type type;
	enum scope scope;
	size_t offset;
};

#define FIELD(name, type, scope, state) { #name, type, scope, offsetof(struct state, name) },
#define PATIENT_NUMBER(name) FIELD(name, COND_NUMBER, SCOPE_PATIENT, patient_state)
#define PATIENT_TEXT(name) FIELD(name, COND_TEXT, SCOPE_PATIENT, patient_state)
#define METRIC_NUMBER(name) FIELD(name, COND_NUMBER, SCOPE_METRIC, metric_state)
#define METRIC_TEXT(name) FIELD(name, COND_TEXT, SCOPE_METRIC, metric_state)
#define EXERCISE_NUMBER(name) FIELD(name, COND_NUMBER, SCOPE_EXERCISE, exercise_state)
#define EXERCISE_TEXT(name) FIELD(name, COND_TEXT, SCOPE_EXERCISE, exercise_state)

static const struct field fields[] = { PATIENT_NUMBERS(PATIENT_NUMBER) PATIENT_TEXTS(PATIENT_TEXT)
	        METRIC_NUMBERS(METRIC_NUMBER) METRIC_TEXTS(METRIC_TEXT)
	                EXERCISE_NUMBERS(EXERCISE_NUMBER) EXERCISE_TEXTS(EXERCISE_TEXT) };

#define ID(name) ID_##name,
enum field_id {
	PATIENT_NUMBERS(ID) PATIENT_TEXTS(ID) METRIC_NUMBERS(ID) METRIC_TEXTS(ID)
	        EXERCISE_NUMBERS(ID) EXERCISE_TEXTS(ID)
};

#define NUMBER_NAME(name) { #name, ID_##name, COND_NUMBER },
#define TEXT_NAME(name) { #name, ID_##name, COND_TEXT },
#define PATIENT_NAMES PATIENT_NUMBERS(NUMBER_NAME) PATIENT_TEXTS(TEXT_NAME)

static const struct cond_name patient_names[] = { PATIENT_NAMES{ NULL, 0, COND_NUMBER } };
static const struct cond_name metric_names[] = { PATIENT_NAMES METRIC_NUMBERS(NUMBER_NAME)
	        METRIC_TEXTS(TEXT_NAME){ NULL, 0, COND_NUMBER } };
static const struct cond_name exercise_names[] = { PATIENT_NAMES EXERCISE_NUMBERS(NUMBER_NAME)
	        EXERCISE_TEXTS(TEXT_NAME){ NULL, 0, COND_NUMBER } };

static const struct cond_name *const names_of[SCOPE_COUNT] = {
	[SCOPE_PATIENT] = patient_names,
	[SCOPE_METRIC] = metric_names,
	[SCOPE_EXERCISE] = exercise_names,
};

/* ---- Functions ---- */

#define ID_MOST 128 /* bytes of an id that a function takes */

enum function { FUNCTION_MEASURE, FUNCTION_FINDING, FUNCTION_CONDITION };

static bool
is_measure(void *context, const char *text, size_t n)
{
	return cat_measure(context, (struct slice){ text, n }) != NULL;
}

static bool
is_finding(void *context, const char *text, size_t n)
{
	return cat_finding(context, (struct slice){ text, n }) != NULL;
}

static bool
is_condition(void *context, const char *text, size_t n)
{
	return cat_condition(context, (struct slice){ text, n }) != NULL;
}

static const struct cond_function functions[] = {
	{ "measure", FUNCTION_MEASURE, COND_NUMBER, is_measure },
	{ "has_finding", FUNCTION_FINDING, COND_NUMBER, is_finding },
	{ "has_condition", FUNCTION_CONDITION, COND_NUMBER, is_condition },
	{ NULL, 0, COND_NUMBER, NULL },
};

struct cond_vocabulary
vocabulary_of(enum scope scope, const struct catalogue *c)
{
	/* The functions only read the catalogue; the interface is shared with others that write. */
	union {
		const void *in;
		void *out;
	} context = { .in = c };

	return (struct cond_vocabulary){ names_of[scope], functions, context.out, NULL };
}

/* ---- Values ---- */

static const char *
state_of(const struct view *view, enum scope scope)
{
	switch (scope) {
	case SCOPE_PATIENT:
		return (const char *)&view->patient->state;
	case SCOPE_METRIC:
		return (const char *)view->metric;
	case SCOPE_EXERCISE:
		return (const char *)view->exercise;
	case SCOPE_COUNT:
		break;
	}
	return NULL;
}

static struct cond_value
number_value(double x)
{
	return (struct cond_value){ COND_NUMBER, x, NULL, 0 };
}

static struct cond_value
text_value(const char *text)
{
	return (struct cond_value){ COND_TEXT, UNKNOWN, text, text ? strlen(text) : 0 };
}

static struct cond_value
value_of(const struct view *view, int id)
{
	const struct field *field = &fields[id];
	const char *at = state_of(view, field->scope) + field->offset;
	double number;
	const char *text;

	if (field->type == COND_TEXT) {
		memcpy(&text, at, sizeof text);
		return text_value(text);
	}
	memcpy(&number, at, sizeof number);
	return number_value(number);
}

static void
write_value(struct str *out, const struct cond_value *value)
{
	char number[NUM_TEXT];
	const int decimals = 2;

	if (value->type == COND_TEXT && value->text)
		str_add(out, value->text, value->length);
	else if (value->type == COND_NUMBER && known(value->number))
		str_add(out, number, figure_write(number, value->number, decimals));
	else
		str_puts(out, "unknown");
}

static struct cond_value
see_name(void *context, int id)
{
	return value_of(context, id);
}

static bool
is_known(struct cond_value x)
{
	return x.type == COND_TEXT ? x.text != NULL : known(x.number);
}

static double
call(const struct view *view, enum function function, struct cond_value argument)
{
	const struct reading_series *series;

	switch (function) {
	case FUNCTION_MEASURE:
		series = readings_of(&view->patient->readings, argument.text);
		return series ? series->newest : UNKNOWN;
	case FUNCTION_FINDING:
		return signs_severity(&view->patient->signs, argument.text);
	case FUNCTION_CONDITION:
		return patient_has_condition(view->patient, argument.text);
	}
	return UNKNOWN;
}

static struct cond_value
see_call(void *context, int id, struct cond_value argument)
{
	const struct view *view = context;
	char id_text[ID_MOST];

	if (argument.type == COND_TEXT && argument.text) {
		snprintf(id_text, sizeof id_text, "%.*s", (int)argument.length, argument.text);
		argument.text = id_text;
	}
	return number_value(call(view, (enum function)id, argument));
}

static struct cond_env
env_of(const struct view *view)
{
	/* The interface hands back what it was given; nothing is written through it. */
	union {
		const void *in;
		void *out;
	} context = { .in = view };

	return (struct cond_env){ see_name, see_call, context.out };
}

enum truth
view_holds(const struct view *view, const struct cond *when)
{
	const struct cond_env env = env_of(view);

	return cond_eval(when, &env);
}

double
view_number(const struct view *view, const struct cond *expression)
{
	const struct cond_env env = env_of(view);

	return cond_eval_number(expression, &env);
}

static const struct cond_name *
find_name(enum scope scope, struct slice name)
{
	for (const struct cond_name *n = names_of[scope]; n->name; n++)
		if (slice_eq(name, n->name))
			return n;
	return NULL;
}

bool
vocabulary_has(enum scope scope, struct slice name)
{
	return find_name(scope, name) != NULL;
}

bool
view_name(const struct view *view, enum scope scope, struct slice name, struct str *out)
{
	const struct cond_name *n = find_name(scope, name);
	struct cond_value value;

	if (!n)
		return false;
	value = value_of(view, n->id);
	if (!is_known(value))
		return false;
	write_value(out, &value);
	return true;
}

const char *
vocabulary_name(int id)
{
	return fields[id].name;
}

enum cond_type
vocabulary_type(int id)
{
	return fields[id].type;
}

/* Does a list with commas hold the item, whole? */
static bool
is_listed(const struct str *items, const struct str *item)
{
	const char *all = str_text(items);

	for (const char *s = all; (s = strstr(s, str_text(item))) != NULL; s++)
		if ((s == all || s[-1] == ' ') && (s[item->n] == ',' || !s[item->n]))
			return true;
	return false;
}

void
view_seen(const struct view *view, const struct cond *when, struct str *out)
{
	struct cond_use use;
	size_t at = 0;

	while (cond_use(when, &at, &use)) {
		struct str item = STR_INIT;
		const struct cond_value value = use.call
		        ? number_value(call(view, (enum function)use.id, text_value(use.text)))
		        : value_of(view, use.id);
		str_addf(&item, "%s = ", use.call ? use.text : fields[use.id].name);
		write_value(&item, &value);
		if (!is_listed(out, &item)) {
			str_puts(out, out->n ? ", " : "");
			str_puts(out, str_text(&item));
		}
		str_free(&item);
	}
}
