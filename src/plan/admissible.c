#include "plan/admissible.h"

static bool
token_is(const char *token, const char *prefix, const char *word)
{
	const size_t n = strlen(prefix);

	return strncmp(token, prefix, n) == 0 && strcmp(token + n, word) == 0;
}

static bool
excludes(const struct limit *limit, const struct exercise *ex)
{
	for (list token = limit->excludes; *token; token++)
		if (strcmp(*token, ex->id) == 0 || token_is(*token, "focus:", ex->focus) ||
		        token_is(*token, "position:", ex->position))
			return true;
	return false;
}

const char *
limit_against(const struct patient *p, const struct exercise *ex)
{
	for (size_t i = 0; i < p->n_limits; i++) {
		const struct limit *limit = cat_limit(p->chart.c, slice_of(p->limit[i]));
		if (list_has(ex->contraindications, p->limit[i]) || (limit && excludes(limit, ex)))
			return p->limit[i];
	}
	return NULL;
}

const char *
limit_unknown(const struct patient *p)
{
	for (size_t i = 0; i < p->n_limits; i++)
		if (!cat_limit(p->chart.c, slice_of(p->limit[i])))
			return p->limit[i];
	return NULL;
}

static bool
has_thing(const struct patient *p, const char *id)
{
	const struct equipment *thing = cat_equipment(p->chart.c, slice_of(id));

	for (size_t i = 0; i < p->n_equipment; i++)
		if (strcmp(p->equipment[i], id) == 0)
			return true;
	return thing && thing->at_home &&
	        !profile_ended(&p->chart.profile, p->chart.c, "equipment", id, p->chart.day);
}

bool
equipment_at_hand(const struct patient *p, list equipment)
{
	for (; *equipment; equipment++)
		if (!has_thing(p, *equipment))
			return false;
	return true;
}

size_t
conditions_listing(const struct patient *p, const struct exercise *ex)
{
	size_t n = 0;

	for (size_t i = 0; i < p->n_conditions; i++)
		n += list_has(ex->conditions, p->condition[i]->id);
	return n;
}

bool
admissible(const struct patient *p, const struct exercise *ex)
{
	return conditions_listing(p, ex) > 0 && !limit_against(p, ex) &&
	        equipment_at_hand(p, ex->equipment);
}

struct chain_place
chain_place_of(const struct chains *chains, const struct patient *p, const struct exercise *ex)
{
	struct chain_place place = { 0, 0, 0 };
	const struct exercise *member = chain_root(chains, ex);
	bool passed = false;

	for (size_t i = 0; member && i <= chains->c->n_exercises; i++) {
		const bool open = member == ex || admissible(p, member);
		if (member == ex)
			passed = true;
		else if (open && passed)
			place.above++;
		else if (open)
			place.level++;
		place.members += open;
		member = chain_harder(chains, member);
	}
	return place;
}
