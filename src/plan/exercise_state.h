/*
 * The state of one exercise of the program, or of one that is being chosen, as the response
 * rules see it.  Everything taken from sessions is UNKNOWN while no session stands after the
 * newest plan row, so that one piece of evidence is used once.
 */
#ifndef PT_EXERCISE_STATE_H
#define PT_EXERCISE_STATE_H

#include "plan/patient.h"
#include "plan/sessions.h"

#define EXERCISE_NUMBERS(X)                                                                        \
	X(sets)                                                                                    \
	X(reps)                                                                                    \
	X(load_kg)                                                                                 \
	X(seconds)                                                                                 \
	X(per_week)                                                                                \
	X(dose)                                                                                    \
	X(start_dose)                                                                              \
	X(start_sets)                                                                              \
	X(max_dose)                                                                                \
	X(at_max)                                                                                  \
	X(target_per_week)                                                                         \
	X(is_new)                                                                                  \
	X(new_sessions)                                                                            \
	X(sessions_at_dose)                                                                        \
	X(trials)                                                                                  \
	X(pain_before)                                                                             \
	X(pain_after)                                                                              \
	X(pain_rise)                                                                               \
	X(pain_after_prev)                                                                         \
	X(dizzy_rise)                                                                              \
	X(settle_min)                                                                              \
	X(rpe)                                                                                     \
	X(completion)                                                                              \
	X(red)                                                                                     \
	X(good_sessions)                                                                           \
	X(red_sessions)                                                                            \
	X(short_sessions)                                                                          \
	X(missed_sessions)                                                                         \
	X(easy_sessions)                                                                           \
	X(hard_sessions)                                                                           \
	X(over_sessions)                                                                           \
	X(full_sessions)                                                                           \
	X(calm_sessions)                                                                           \
	X(still_sessions)                                                                          \
	X(overdone_5)                                                                              \
	X(mean_done_2)                                                                             \
	X(mean_done_3)                                                                             \
	X(met_7)                                                                                   \
	X(sessions_7)                                                                              \
	X(pain_next_rise)                                                                          \
	X(dizzy_next_rise)                                                                         \
	X(spared)                                                                                  \
	X(days_since)                                                                              \
	X(days_since_change)                                                                       \
	X(days_since_regress)                                                                      \
	X(falls_new)                                                                               \
	X(near_falls_new)                                                                          \
	X(vomit_new)                                                                               \
	X(bppv_match)                                                                              \
	X(matched)
#define EXERCISE_TEXTS(X)                                                                          \
	X(unit)                                                                                    \
	X(last_change_rule)

struct exercise_state {
#define X(name) double name;
	EXERCISE_NUMBERS(X)
#undef X
#define X(name) const char *name;
	EXERCISE_TEXTS(X)
#undef X
	struct prescription last; /* the dose in force at the last session; empty: never done */
};

/* Of an exercise in the program, known to the catalogue; SESSIONS are its own. */
void exercise_state_make(struct exercise_state *out, const struct patient *p,
        const struct task *task, const struct sessions *sessions);
/* Of an exercise that is being chosen for the side. */
void exercise_state_new(struct exercise_state *out, const struct patient *p,
        const struct exercise *ex, enum side side);
/* 1: a test that the manoeuvre treats is positive on its own side; UNKNOWN: none was made. */
double bppv_match(const struct patient *p, const struct exercise *ex, enum side side);

#endif
