#include "plan/patient.h"

#include "base/mem.h"

bool
patient_has_condition(const struct patient *p, const char *id)
{
	for (size_t i = 0; i < p->n_conditions; i++)
		if (strcmp(p->condition[i]->id, id) == 0)
			return true;
	return false;
}

static void
read_profile(struct patient *p)
{
	const struct history *h = &p->chart.profile;
	const int day = p->chart.day;

	p->n_conditions = profile_conditions(
	        h, p->chart.c, day, p->condition, LENGTH(p->condition), &p->unknown_conditions);
	p->n_limits = profile_list(h, p->chart.c, "limit", day, p->limit, PROFILE_MOST);
	p->n_equipment =
	        profile_list(h, p->chart.c, "equipment", day, p->equipment, LENGTH(p->equipment));
	p->n_goals = profile_list(h, p->chart.c, "goal", day, p->goal, LENGTH(p->goal));
	p->language = profile_language(h, p->chart.c, day);
}

static struct patient_state
nothing_known(void)
{
	return (struct patient_state){
#define X(name) .name = UNKNOWN,
		PATIENT_NUMBERS(X)
#undef X
	};
}

void
patient_make(struct patient *p, const struct patient_settings *settings, const struct history *h,
        int day)
{
	p->settings = settings;
	chart_make(&p->chart, settings->catalogue, h, day);
	program_make(&p->program, &p->chart, settings->history_days);
	signs_make(&p->signs, &p->chart);
	readings_make(&p->readings, &p->chart);
	read_profile(p);
	p->state = nothing_known();
	state_training(p);
	state_pain(p);
	state_signs(p);
	state_medicine(p);
	state_outcome(p);
}

void
patient_free(struct patient *p)
{
	chart_clear(&p->chart);
	program_free(&p->program);
	signs_free(&p->signs);
	readings_free(&p->readings);
	str_free(&p->flags);
	str_free(&p->routine_flags);
}
