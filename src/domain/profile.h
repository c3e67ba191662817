/*
 * What a patient's profile rows say on a day: a later row supersedes an earlier
 * one of the same item, except condition, goal, limit and equipment, which add
 * up until a row "not x" ends x.  Values of conditions, limits and equipment are
 * compared as ids.
 */
#ifndef PT_PROFILE_H
#define PT_PROFILE_H

#include "domain/history.h"

#define PROFILE_MOST 64 /* values of one item that are looked at */

/* The newest value of the item up to the day, or NULL.  Belongs to the history. */
const char *profile_value(const struct history *h, const char *item, int day);
/* As the catalogue calls the language, or as the profile does where it has none such, or NULL. */
const char *profile_language(const struct history *h, const struct catalogue *c, int day);
/* The profile's status; active when it has none. */
enum care { CARE_ACTIVE, CARE_PAUSED, CARE_DISCHARGED, CARE_DECEASED };
extern const char *const care_names[];
enum care profile_care(const struct history *h, int day);
/* Does this row give the item of the profile a value? */
bool profile_is(const struct entry *e, const char *item);
/* Is this row one of the status, and which? */
bool profile_status(const struct entry *e, enum care *out);
double profile_number(const struct history *h, const char *item, int day); /* or UNKNOWN */

/*
 * The values of an item that adds up, in order of entry, at most MOST of them; the number.
 * Ids are those of the catalogue where it knows the name (dumbbells are weight), else as the log
 * normalises them; a goal keeps its text.
 */
size_t profile_list(const struct history *h, const struct catalogue *c, const char *item, int day,
        const char **out, size_t most);
/* Was "not x" said of it and not taken back? */
bool profile_ended(const struct history *h, const struct catalogue *c, const char *item,
        const char *value, int day);
/* The conditions in force: ids of the catalogue, or as the log has them where it knows none. */
size_t profile_condition_ids(
        const struct history *h, const struct catalogue *c, int day, const char **out, size_t most);
/* The conditions in force that the catalogue knows; *unknown counts the others. */
size_t profile_conditions(const struct history *h, const struct catalogue *c, int day,
        const struct condition **out, size_t most, size_t *unknown);

/*
 * A goal of the form MEASURE OP NUMBER (gait-speed >= 1.0), the measure by any name ("Gait speed"),
 * with a unit or without.
 */
enum goal_operator { GOAL_AT_LEAST, GOAL_AT_MOST, GOAL_ABOVE, GOAL_BELOW, GOAL_EQUAL };
struct goal_target {
	struct slice metric; /* as it was written */
	enum goal_operator op;
	double number;
	struct slice unit; /* as it was written, not looked at; may be empty */
};
bool goal_parse(const char *text, struct goal_target *out);
/*
 * Can the log say whether it is met?  With a unit it can when that is the measure's own, or its
 * beginning ("s", "sec"): 0.4 km of a walk in metres is a goal in words.
 */
bool goal_is_measured(const struct catalogue *c, const struct goal_target *g);
bool goal_met(const struct goal_target *g, double value); /* with NUM_SLACK */

#endif
