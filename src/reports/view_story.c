/*
 * One patient's course as a colleague would write it: sentences made only from rows of the log,
 * with their dates, fit to be the page for the doctor.
 */
#include <stdlib.h>

#include "base/mem.h"
#include "domain/profile.h"
#include "reports/story.h"
#include "reports/view.h"
#include "reports/words.h"

struct telling {
	struct out *out;
	const struct query *query;
	struct facts *facts;
	size_t pages;
};

static void
write_attention(struct story *s)
{
	const struct attention_table *t = s->facts->attention;
	struct point *point = NULL;
	size_t n = 0;

	for (size_t i = 0; i < t->n;) {
		const struct attention *a = &t->at[i];
		struct str words = STR_INIT;

		/* the good news is what changed, which is told below */
		if (strcmp(a->patient, s->h->patient) != 0 || a->severity == SEVERITY_GOOD) {
			i++;
			continue;
		}
		i += words_attention(&words, s->catalogue, a, t->n - i);
		point = xreallocarray(point, n + 1, sizeof *point);
		point[n++] = (struct point){ words_tone(a->severity), severity_names[a->severity],
			xstrdup(str_text(&words)) };
		str_free(&words);
	}
	out_list(s->out, LIST_LIGHTS, point, n);
	for (size_t i = 0; i < n; i++)
		free((char *)point[i].text);
	free(point);
}

static void
write_chart(struct story *s)
{
	struct patient_chart course;
	struct str legend = STR_INIT;

	patient_chart_of(s->h, s->catalogue, facts_series(s->series, s->h->patient, s->symptom),
	        s->asof, 0, &course);
	if (course.chart.values.n) {
		out_chart(s->out, &course.chart);
		chart_legend(&legend, &course.chart);
	}
	if (legend.n && s->out->format->draws)
		out_remark(s->out, TONE_QUIET, str_text(&legend));
	str_free(&legend);
	patient_chart_free(&course);
}

static void
write_course(struct story *s)
{
	if (!story_has_course(s))
		return;
	out_heading(s->out, 2, "What changed");
	story_symptom(s);
	write_chart(s);
	story_measures(s);
}

bool
story_has(const struct story *s, enum kind kind)
{
	for (size_t i = 0; i < s->h->n; i++)
		if (s->h->row[i].kind == kind)
			return true;
	return false;
}

bool
story_ended(const struct story *s)
{
	return profile_care(s->h, s->asof) >= CARE_DISCHARGED;
}

bool
story_over(const struct entry *e)
{
	return known(e->value) && e->value < 1;
}

bool
story_ends(const struct history *h, size_t i)
{
	const struct entry *e = &h->row[i];

	for (size_t k = i; story_over(e) && k-- > 0;) {
		const struct entry *before = &h->row[k];

		if (before->kind == e->kind && before->side == e->side &&
		        slice_is(before->item, e->item))
			return !story_over(before);
	}
	return false;
}

static void
write_parts(struct story *s)
{
	static const struct {
		const char *heading; /* NULL: goes on under the last one */
		void (*write)(struct story *s);
		enum kind kind; /* left out when the log has no such row; the last part says so */
	} part[] = {
		{ NULL, story_who, KIND_COUNT },
		{ NULL, story_findings, KIND_COUNT },
		{ NULL, story_events, KIND_FINDING },
		{ NULL, write_attention, KIND_COUNT },
		{ NULL, write_course, KIND_COUNT },
		{ "Medicine", story_medicine, KIND_MEDICINE },
		{ "What was done", story_done, KIND_COUNT },
		{ "Red flags", story_flags, KIND_REDFLAG },
		{ "Plan", story_plan, KIND_COUNT },
		{ "Not known", story_unknown, KIND_COUNT },
	};

	for (size_t i = 0; i < LENGTH(part); i++) {
		if (part[i].kind != KIND_COUNT && !story_has(s, part[i].kind))
			continue;
		if (part[i].heading)
			out_heading(s->out, 2, part[i].heading);
		part[i].write(s);
	}
	out_remark(s->out, TONE_QUIET,
	        "Made from the log alone: each sentence stands on rows of the days it names. "
	        "Changes are reckoned before figures are rounded. It supports a clinician's "
	        "judgement and does not replace it.");
}

static void
write_patient(const struct history *h, void *context)
{
	struct telling *t = context;
	static const enum key by[] = { KEY_PATIENT };
	struct series_query query = { .key = { KEY_PATIENT },
		.keys = 1,
		.period = { DAY_MIN, DAY_MAX },
		.asof = t->facts->asof,
		.metrics = CLI_LIST_INIT,
		.catalogue = t->facts->catalogue };
	struct story s = { .out = t->out,
		.facts = t->facts,
		.catalogue = t->facts->catalogue,
		.h = h,
		.asof = t->facts->asof };
	struct str title = STR_INIT;
	size_t unknown;

	s.symptom = course_symptom(h, s.catalogue, s.asof);
	s.conditions = profile_conditions(h, s.catalogue, s.asof, s.condition, 16, &unknown);
	s.series = series_table_new(by, 1);
	series_of(h, &query, s.series);
	series_sort(s.series);
	if (t->pages++)
		t->out->format->page(t->out);
	str_addf(&title, "%s of %s, as of ", t->query->title ? t->query->title : "Course",
	        h->patient);
	words_day(&title, s.asof);
	out_heading(t->out, 1, str_text(&title));
	write_parts(&s);
	out_flush(t->out);
	series_table_free(s.series);
	str_free(&title);
}

static void
write_story(struct out *out, const struct query *q, struct facts *f)
{
	struct telling t = { out, q, f, 0 };

	if (view_of_nobody(out, f))
		return;
	store_each(f->store, ORDER_TIME, f->asof, write_patient, &t);
	if (t.pages == 0)
		out_paragraph(out, "There is no patient in this input to tell of.");
}

const struct view view_story = {
	.name = "story", .title = "Course", .notes = true, .computes = true, .write = write_story
};
