/*
 * One patient as of a day: what the profile says, what was planned, found and measured, and
 * the state that rules of all scopes see (pttools(7) lists the names with their meaning).
 * Everything is computed once; what is not known is UNKNOWN, or NULL for a text.
 */
#ifndef PT_PATIENT_H
#define PT_PATIENT_H

#include "domain/adherence.h"
#include "domain/profile.h"
#include "plan/program.h"
#include "plan/readings.h"
#include "plan/signs.h"

#define PATIENT_NUMBERS(X)                                                                         \
	X(days)                                                                                    \
	X(weeks)                                                                                   \
	X(sessions_total)                                                                          \
	X(gap_days)                                                                                \
	X(age)                                                                                     \
	X(pain_rest)                                                                               \
	X(pain_usual)                                                                              \
	X(high_days)                                                                               \
	X(pain_week)                                                                               \
	X(pain_week_before)                                                                        \
	X(red_day)                                                                                 \
	X(adherence)                                                                               \
	X(short_list_days)                                                                         \
	X(after_stop)                                                                              \
	X(redflag)                                                                                 \
	X(redflag_routine)                                                                         \
	X(days_since_cleared)                                                                      \
	X(unwell)                                                                                  \
	X(days_since_fall)                                                                         \
	X(skin_break)                                                                              \
	X(neuro_loss)                                                                              \
	X(mme)                                                                                     \
	X(mme_28_ago)                                                                              \
	X(mme_14)                                                                                  \
	X(mme_before_14)                                                                           \
	X(opioid_days)                                                                             \
	X(prednisone)                                                                              \
	X(prednisone_14_ago)                                                                       \
	X(sessions_since_analgesic_up)                                                             \
	X(bppv_positive)                                                                           \
	X(bppv_positive_tests)                                                                     \
	X(bppv_days_since_test)                                                                    \
	X(dizzy_week)                                                                              \
	X(dizzy_rest)                                                                              \
	X(unsteady)                                                                                \
	X(gaze_minutes)                                                                            \
	X(gaze_target)                                                                             \
	X(aerobic_minutes_14)                                                                      \
	X(pain_watch)                                                                              \
	X(typical_weeks)                                                                           \
	X(goals_total)                                                                             \
	X(goals_met)                                                                               \
	X(gain_42)                                                                                 \
	X(cs_severe)
#define PATIENT_TEXTS(X)                                                                           \
	X(irritability)                                                                            \
	X(redflag_name)                                                                            \
	X(redflag_routine_name)

struct patient_state {
#define X(name) double name;
	PATIENT_NUMBERS(X)
#undef X
#define X(name) const char *name;
	PATIENT_TEXTS(X)
#undef X
};

struct patient {
	struct chart chart;
	struct program program;
	struct signs signs;
	struct readings readings;
	const struct condition *condition[PROFILE_MOST]; /* known to the catalogue */
	size_t n_conditions, unknown_conditions;
	const char *limit[2 * PROFILE_MOST]; /* given by the profile, then implied by rules */
	size_t n_limits;
	const char *equipment[PROFILE_MOST];
	size_t n_equipment;
	const char *goal[PROFILE_MOST];
	size_t n_goals;
	const char *language; /* or NULL */
	struct patient_state state;
	struct str flags, routine_flags; /* the names of what is raised, the worst first */
	const struct patient_settings *settings;
};

/* The settings that a plan is made by, as the catalogue calls them. */
#define PLAN_SETTINGS(X)                                                                           \
	X(plan_days, "plan-days")                                                                  \
	X(exercises, "exercises")                                                                  \
	X(minutes, "minutes")                                                                      \
	X(review_days, "review-days")                                                              \
	X(history_days, "history-days")                                                            \
	X(pain_limit, "pain-limit")                                                                \
	X(start_age, "start-age")                                                                  \
	X(start_pain_low, "start-pain-low")                                                        \
	X(start_pain_high, "start-pain-high")                                                      \
	X(good_next_day, "good-next-day")                                                          \
	X(good_dizzy, "good-dizzy")                                                                \
	X(good_rpe, "good-rpe")                                                                    \
	X(easy_rpe, "easy-rpe")                                                                    \
	X(hard_rpe, "hard-rpe")                                                                    \
	X(calm_settle, "calm-settle")                                                              \
	X(red_dizzy, "red-dizzy")                                                                  \
	X(flare_above, "flare-above")                                                              \
	X(unwell_days, "unwell-days")                                                              \
	X(nerve_days, "nerve-days")                                                                \
	X(strength_loss, "strength-loss")                                                          \
	X(masking_days, "masking-days")                                                            \
	X(cs_severe, "cs-severe")

/* The same for all patients: ids of pauses that leave some exercises, and the settings. */
struct patient_settings {
	const struct catalogue *catalogue;
	const char *const *partial_pauses; /* NULL at the end */
#define X(field, id) double field;
	PLAN_SETTINGS(X)
#undef X
};

/* PATIENT is zeroed before its first use; used again for the next; freed once. */
void patient_make(struct patient *p, const struct patient_settings *settings,
        const struct history *h, int day);
void patient_free(struct patient *p);

bool patient_has_condition(const struct patient *p, const char *id);
/* The day that windows of training end: today when there was a session today, else yesterday. */
int patient_window_end(const struct patient *p);

/* The parts of the state, each in a file of its own. */
void state_training(struct patient *p);
void state_pain(struct patient *p);
void state_signs(struct patient *p);
void state_medicine(struct patient *p);
void state_outcome(struct patient *p);

#endif
