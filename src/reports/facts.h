/*
 * What is known for a report: the histories of the log, and the tables of ptstat, read from
 * the stream or computed by the same functions.  A table of the stream is used as it came; what
 * it lacks is computed.  With a period everything that stands on one is computed.
 */
#ifndef PT_FACTS_H
#define PT_FACTS_H

#include "base/cli.h"
#include "domain/history.h"
#include "domain/medicine.h"
#include "domain/profile.h"
#include "reports/course.h"
#include "reports/out.h"
#include "stat/attention.h"
#include "stat/groups.h"
#include "stat/remarks.h"

struct query {
	char *const *files; /* NULL at the end */
	const struct catalogue *catalogue;
	struct cli_list patients;
	struct days period; /* as given; open ends DAY_MIN and DAY_MAX */
	bool has_period;
	int today;
	const char *title; /* NULL: the view's own */
};

/* One patient of the summary. */
struct person {
	const char *id;
	const char *condition; /* NULL: none on record */
	enum care care;
	const char *symptom; /* pain, or dizziness: the metric shown */
	double course[COURSE_WEEKS];
	const struct series *series; /* of the symptom, or NULL */
	double mean, mean_before;    /* of the period and of the one before */
	double adherence, adherence_before;
	struct mme mme, mme_start;
	int sessions, sessions_before;
	int data_days;  /* of the last 14, or -1 without a log */
	int referred;   /* day of the newest plan that refers, or DAY_NONE */
	char *referral; /* what it refers for, in English; NULL: nobody said */
	int worst;      /* enum severity, or SEVERITY_GOOD + 1 */
};

struct facts {
	const struct query *query;
	const struct catalogue *catalogue;
	int asof;
	struct days period, before; /* resolved; only with query->has_period */
	bool compares;              /* there is a period before */
	struct store *store;
	struct series_table *series; /* by patient and condition, or as they came */
	struct series_table *given;  /* read, or NULL */
	struct attention_table *attention;
	bool attention_given;
	bool takes;              /* rows of the table that is being read; else they are left out */
	bool left_out;           /* a table was, which --as table shows */
	unsigned kinds_left_out; /* bits of enum table */
	int column_patient;      /* of that table, or -1 */
	bool attention_known;    /* given, or computed from a log */
	struct group_table *groups; /* by condition, or NULL */
	struct grid *given_groups;  /* a groups table as it came, or NULL */
	int newest; /* day of the newest row of any patient but plans and profiles, or DAY_NONE */
	struct remarks remarks; /* of what is computed */
	size_t silent;          /* patients whose newest row is older than active-days */
	struct person *person;  /* in order of id */
	size_t persons, cap;
};

/* Reads the whole input.  NOTES: the text of notes is kept.  A patient of the query who is not
 * there is reported and makes the status 1. */
struct facts *facts_read(const struct query *q, bool notes);
/* Notes what was read and not used, which a report that is written says. */
void facts_say_unused(const struct facts *f);
void facts_free(struct facts *f);
/* Computes what the summary and --if-attention need: attention, series, groups, persons. */
void facts_compute(struct facts *f);
/* Does anybody need a look?  Good news does not count, a referral does. */
bool facts_need_attention(const struct facts *f);
/* Does the newest plan refer somebody of whom nothing urgent is told anyway?  How many are such? */
bool person_is_referred(const struct person *p);
size_t facts_referred(const struct facts *f);

/* The first row of a patient's metric, or NULL.  The table is sorted. */
const struct series *facts_series(
        const struct series_table *t, const char *patient, const char *metric);

#endif
