/*
 * The names and functions that a response rule may use, by scope: a table made from the
 * lists of the states, so that a name cannot exist in one place only.
 */
#ifndef PT_VOCABULARY_H
#define PT_VOCABULARY_H

#include "log/cond.h"
#include "plan/exercise_state.h"

enum scope { SCOPE_PATIENT, SCOPE_METRIC, SCOPE_EXERCISE, SCOPE_COUNT };
extern const char *const scope_names[]; /* NULL at the end */

/* What one condition sees. */
struct view {
	const struct patient *patient;
	const struct metric_state *metric;     /* scope metric, else NULL */
	const struct exercise_state *exercise; /* scope exercise, else NULL */
};

struct cond_vocabulary vocabulary_of(enum scope scope, const struct catalogue *c);

enum truth view_holds(const struct view *view, const struct cond *when);
double view_number(const struct view *view, const struct cond *expression);

/* What a condition looks at, and what it saw: "red = 1, pain_rise = 2". */
void view_seen(const struct view *view, const struct cond *when, struct str *out);

/* The value of a name of the scope, as text for a note; false: no such name, or unknown. */
bool view_name(const struct view *view, enum scope scope, struct slice name, struct str *out);
bool vocabulary_has(enum scope scope, struct slice name);
/* The name of an id that a compiled condition uses. */
const char *vocabulary_name(int id);
enum cond_type vocabulary_type(int id);

#endif
