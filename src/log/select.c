#include "log/select.h"

#include <stdlib.h>
#include <string.h>

#include "base/diag.h"
#include "base/effect.h"
#include "base/intern.h"
#include "base/mem.h"
#include "log/asked.h"
#include "log/where.h"

#define IDS_KEPT 65536 /* for the nearest to an unknown one */

struct select {
	struct select_opts opts;
	struct where *where;
	bool kind[KIND_COUNT];
	struct pool *items; /* canonical ids wanted */
	bool *item_seen;
	bool *patient_seen;
	size_t patients_missing;
	struct pool *ids; /* patients of the input, while one is missing */
};

/* --- the words --- */

static void
read_kinds(struct select *s)
{
	for (size_t i = 0; i < s->opts.kinds.n; i++)
		s->kind[cli_choice("--kind", s->opts.kinds.item[i], kind_names)] = true;
}

static void
read_items(struct select *s)
{
	uint32_t id[ASKED_MOST];

	for (size_t i = 0; i < s->opts.items.n; i++)
		asked_item(s->opts.catalogue, slice_of(s->opts.items.item[i]), s->items, id);
	s->item_seen = xcalloc(pool_count(s->items) + 1, sizeof *s->item_seen);
}

bool
select_is_all(const struct select_opts *o)
{
	return o->patients.n + o->kinds.n + o->items.n == 0 && o->where == NULL &&
	        o->days.from == DAY_MIN && o->days.to == DAY_MAX && o->shards == 1;
}

void
select_shard(struct select_opts *opts, const char *arg)
{
	const char *slash = strchr(arg, '/');
	char *part;

	if (slash == NULL)
		usage_error("--shard: '%s' is not I/N, such as 2/8", arg);
	part = xstrndup(arg, (size_t)(slash - arg));
	opts->shards = cli_number("--shard", slash + 1, 1, 1000000);
	opts->shard = cli_number("--shard", part, 1, opts->shards);
	free(part);
}

struct select *
select_new(const struct select_opts *opts)
{
	struct select *s = xcalloc(1, sizeof *s);

	s->opts = *opts;
	s->items = pool_new();
	s->ids = pool_new();
	read_kinds(s);
	read_items(s);
	s->patient_seen = xcalloc(opts->patients.n + 1, sizeof *s->patient_seen);
	s->patients_missing = opts->patients.n;
	if (opts->where)
		s->where = where_new(opts->where, opts->catalogue);
	return s;
}

void
select_free(struct select *s)
{
	pool_free(s->items);
	pool_free(s->ids);
	free(s->item_seen);
	free(s->patient_seen);
	if (s->where)
		where_free(s->where);
	free(s);
}

/* --- a row --- */

static bool
wants_patient(struct select *s, struct slice id)
{
	for (size_t i = 0; i < s->opts.patients.n; i++)
		if (slice_eq(id, s->opts.patients.item[i])) {
			if (!s->patient_seen[i]) {
				effect();
				s->patient_seen[i] = true;
				s->patients_missing--;
			}
			return true;
		}
	if (s->patients_missing > 0)
		pool_remember(s->ids, id, IDS_KEPT);
	return false;
}

static bool
wants_item(struct select *s, struct slice item)
{
	const uint32_t at = pool_find(s->items, item.s, item.n);

	if (at == POOL_NONE)
		return false;
	if (!s->item_seen[at])
		effect();
	s->item_seen[at] = true;
	return true;
}

static bool
wants_day(const struct select *s, int day)
{
	return day >= s->opts.days.from && day <= s->opts.days.to;
}

static bool
wants_shard(const struct select *s, struct slice patient)
{
	return (long)(stable_hash(patient.s, patient.n) % (unsigned long)s->opts.shards) ==
	        s->opts.shard - 1;
}

bool
select_wants(struct select *s, const struct entry *e)
{
	bool wanted = s->opts.patients.n == 0 || wants_patient(s, e->patient);

	if (s->opts.items.n > 0 && !wants_item(s, e->item))
		wanted = false;
	if (s->where)
		where_look(s->where, e);
	return wanted && wants_day(s, e->date.day) && (s->opts.kinds.n == 0 || s->kind[e->kind]) &&
	        (s->opts.shards == 1 || wants_shard(s, e->patient)) &&
	        (s->where == NULL || where_holds(s->where, e));
}

/* --- the end --- */

void
select_end(struct select *s)
{
	for (size_t i = 0; i < s->opts.patients.n; i++)
		if (!s->patient_seen[i])
			asked_patient_missing("--patient", s->opts.patients.item[i], s->ids);
	for (size_t i = 0; i < pool_count(s->items); i++)
		if (!s->item_seen[i])
			asked_item_known(
			        "--item", s->opts.catalogue, pool_slice(s->items, (uint32_t)i));
	if (s->where)
		where_end(s->where);
}
