#include "plan/aims.h"

#include <stdlib.h>

#include "base/mem.h"

static void
read_present(struct aims *aims, const struct patient *p)
{
	aims->n_present = 0;
	for (size_t i = 0; i < p->signs.n; i++) {
		const struct sign *s = &p->signs.at[i];
		const double severity = sign_severity(s);
		if (!s->finding || !(severity >= 1))
			continue;
		GROW(aims->present, aims->present_cap, aims->n_present);
		aims->present[aims->n_present++] = (struct present){ s->finding, s, severity };
	}
}

static bool
word_char(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	        c == '-' || (unsigned char)c >= 0x80;
}

static bool
list_has_nocase(list words, struct slice word)
{
	for (; *words; words++)
		if (slice_eq_nocase(word, *words))
			return true;
	return false;
}

static bool
goal_speaks_of(const char *text, list words)
{
	for (const char *s = text; *s;) {
		size_t n = 0;
		while (word_char(s[n]))
			n++;
		if (n && list_has_nocase(words, (struct slice){ s, n }))
			return true;
		s += n ? n : 1;
	}
	return false;
}

static bool
goal_applies(const struct patient *p, const struct goal *goal)
{
	for (size_t i = 0; i < p->n_goals; i++)
		if (goal_speaks_of(p->goal[i], goal->words))
			return true;
	return false;
}

static void
read_goals(struct aims *aims, const struct patient *p)
{
	const struct catalogue *c = p->chart.c;

	aims->n_goals = 0;
	for (size_t i = 0; i < c->n_goals; i++) {
		if (!goal_applies(p, &c->goals[i]))
			continue;
		GROW(aims->goal, aims->goals_cap, aims->n_goals);
		aims->goal[aims->n_goals++] = &c->goals[i];
	}
}

static struct focus_aim *
focus_for(struct aims *aims, const char *focus)
{
	for (size_t i = 0; i < aims->n_focuses; i++)
		if (text_eq(aims->focus[i].focus, focus))
			return &aims->focus[i];
	GROW(aims->focus, aims->focuses_cap, aims->n_focuses);
	aims->focus[aims->n_focuses] = (struct focus_aim){ .focus = focus, .rank = RANK_NONE };
	return &aims->focus[aims->n_focuses++];
}

static void
rank_by(struct aims *aims, const struct condition *condition)
{
	int rank = 0;

	for (list focus = condition->primary_focus; *focus; focus++, rank++) {
		struct focus_aim *aim = focus_for(aims, *focus);
		if (rank < aim->rank) {
			aim->rank = rank;
			aim->ranked_by = condition;
		}
	}
}

/* By rank 4, 3, 2, then 1; by findings up to 6; by each goal 2. */
static void
weigh(struct focus_aim *aim, const struct aims *aims)
{
	const double from_findings = 6, from_goal = 2;
	double severities = 0;

	if (aim->rank != RANK_NONE)
		aim->need = fmax(1, 4 - aim->rank);
	for (size_t i = 0; i < aims->n_present; i++)
		if (list_has(aims->present[i].finding->suggests_focus, aim->focus)) {
			severities += aims->present[i].severity;
			aim->suggested = true;
		}
	aim->need += fmin(from_findings, severities);
	for (size_t i = 0; i < aims->n_goals; i++)
		if (strcmp(aims->goal[i]->focus, aim->focus) == 0) {
			aim->need += from_goal;
			aim->suggested = true;
		}
}

void
aims_make(struct aims *aims, const struct patient *p)
{
	read_present(aims, p);
	read_goals(aims, p);
	aims->n_focuses = 0;
	for (size_t i = 0; i < p->n_conditions; i++)
		rank_by(aims, p->condition[i]);
	for (size_t i = 0; i < p->chart.c->n_exercises; i++)
		focus_for(aims, p->chart.c->exercises[i].focus);
	for (size_t i = 0; i < aims->n_focuses; i++)
		weigh(&aims->focus[i], aims);
}

void
aims_free(struct aims *aims)
{
	free(aims->present);
	free(aims->goal);
	free(aims->focus);
}

const struct focus_aim *
aims_focus(const struct aims *aims, const char *focus)
{
	for (size_t i = 0; i < aims->n_focuses; i++)
		if (text_eq(aims->focus[i].focus, focus))
			return &aims->focus[i];
	return NULL;
}

double
aims_need(const struct aims *aims, const char *focus)
{
	const struct focus_aim *aim = aims_focus(aims, focus);

	return aim ? aim->need : 0;
}
