/* ptstat: statistics of the log as one table of CSV. */
#include <stdlib.h>
#include <unistd.h>

#include "base/cli.h"
#include "base/diag.h"
#include "base/mem.h"
#include "stat/attention.h"
#include "stat/groups.h"
#include "stat/timeline.h"

enum {
	OPT_BY = 256,
	OPT_EVERY,
	OPT_ATTENTION,
	OPT_METRIC,
	OPT_AT,
	OPT_TODAY,
	OPT_GROUPED,
	OPT_CATALOGUE
};

static const struct cli_option options[] = {
	{ 0, "Which table", NULL, NULL },
	{ OPT_BY, "by", "KEYS",
	        "patient item focus condition approach therapist clinic all; without patient: "
	        "groups" },
	{ OPT_EVERY, "every", "STEP", "a timeline by day, week, month or year" },
	{ OPT_ATTENTION, "attention", NULL, "who needs a look, and good news" },
	{ 0, "What is in it", NULL, NULL },
	{ 'p', "patient", "LIST", "only these patients" },
	{ OPT_METRIC, "metric", "LIST", "only these metrics" },
	{ 'P', "period", "PERIOD", "report this period" },
	{ 's', "since", "DATE", "report from this day on" },
	{ 'u', "until", "DATE", "report up to this day" },
	{ OPT_AT, "at", "Nw", "judge N weeks (Nd: days) after the first value" },
	{ OPT_TODAY, "today", "DATE", "the day the table stands on" },
	{ 0, "How", NULL, NULL },
	{ OPT_GROUPED, "grouped", NULL, "each patient's rows stand together: keep one in memory" },
	{ 't', "tee", NULL, "pass the log on, ahead of the table" },
	{ OPT_CATALOGUE, "catalogue", "DIR", "replacements and additions of the catalogue" },
	{ 0, NULL, NULL, NULL },
};

static const struct cli cli = {
	.usage = "[OPTION]... [FILE]...",
	.about = "Statistics of pain, function, adherence and medicine as one table of CSV.",
	.options = options,
	.examples = "  ptstat visits.csv | ptreport --as table\n"
	            "  ptstat --by patient,item --metric pain-response,pain-next visits.csv\n"
	            "  ptstat --by condition --at 12w visits.csv\n",
};

#define FACTORLESS_MOST 8

/* What the command line asks for, and what a run gathers. */
struct run {
	struct series_query q; /* its keys: those of the rows that are computed */
	struct keys by;        /* those of the table that is printed */
	enum every every;
	bool attention, grouped, tee, ranged;
	struct cli_list patients;
	const char *catalogue;

	struct csvout *out;
	bool begun;  /* the header is written: rows of a patient go out at once */
	bool tables; /* the input holds series or timelines */
	struct series_table *series;
	struct timeline_table *timeline;
	struct attention_table *look;
	bool *seen; /* by metric of q.metrics: it occurred */
	const struct medicine *factorless[FACTORLESS_MOST];
	long factorless_patients[FACTORLESS_MOST], switched[KEY_ALL];
};

static void
read_keys(struct keys *by, const char *arg)
{
	struct cli_list words = CLI_LIST_INIT;

	cli_list_add(&words, "--by", arg);
	by->n = 0;
	for (size_t i = 0; i < words.n; i++) {
		enum key key = (enum key)cli_choice("--by", words.item[i], key_names);
		if (keys_have(by, key))
			usage_error("--by: '%s' is named twice", words.item[i]);
		by->key[by->n++] = key;
	}
	cli_list_free(&words);
}

static int
read_horizon(const char *arg)
{
	size_t n = strlen(arg);
	char *number = xstrdup(arg);
	int unit = n && arg[n - 1] == 'w' ? 7 : 1;

	if (n < 2 || (arg[n - 1] != 'w' && arg[n - 1] != 'd'))
		usage_error("--at: '%s' is no horizon; write 26w or 90d", arg);
	number[n - 1] = '\0';
	long count = cli_number("--at", number, 1, 10000);
	free(number);
	return (int)count * unit;
}

static void
take_option(struct run *run, int id, const char *arg)
{
	static const char *const steps[] = { "day", "week", "month", "year", NULL };

	switch (id) {
	case OPT_BY:
		read_keys(&run->by, arg);
		break;
	case OPT_EVERY:
		run->every = (enum every)(EVERY_DAY + cli_choice("--every", arg, steps));
		break;
	case 'P':
		run->q.period = cli_period("--period", arg);
		break;
	case 's':
		run->q.period.from = cli_day("--since", arg);
		break;
	case 'u':
		run->q.period.to = cli_day("--until", arg);
		break;
	case OPT_AT:
		run->q.horizon = read_horizon(arg);
		break;
	}
}

static void
read_options(struct run *run, int argc, char *argv[])
{
	const struct cli_slot slots[] = { { OPT_ATTENTION, CLI_FLAG, &run->attention },
		{ 'p', CLI_LIST, &run->patients }, { OPT_METRIC, CLI_LIST, &run->q.metrics },
		{ OPT_GROUPED, CLI_FLAG, &run->grouped }, { 't', CLI_FLAG, &run->tee },
		{ OPT_CATALOGUE, CLI_WORD, &run->catalogue }, { 0, CLI_FLAG, NULL } };
	const char *arg;
	int id;

	cli_today_first(&cli, argc, argv, OPT_TODAY);
	while ((id = cli_next(&cli, argc, argv, &arg)) != CLI_DONE)
		if (!cli_store(slots, id, arg))
			take_option(run, id, arg);
}

static void
check_metrics(const struct run *run)
{
	bool by_exercise = keys_have(&run->by, KEY_ITEM) || keys_have(&run->by, KEY_FOCUS);
	char room[METRIC_NAME];

	for (size_t i = 0; by_exercise && i < run->q.metrics.n; i++)
		if (!metric_of_exercise(metric_parse(run->q.metrics.item[i], room).id))
			usage_error("--metric: '%s' is not known for one exercise or focus alone",
			        run->q.metrics.item[i]);
}

static void
check_options(const struct run *run)
{
	if (run->attention && (run->by.n || run->every || run->q.metrics.n || run->q.horizon))
		usage_error("--attention is a table of its own: it takes no --by, --every, "
		            "--metric or --at");
	if (run->every && run->q.horizon)
		usage_error("--at judges series and groups; a timeline has no horizon");
	if (run->q.period.from > run->q.period.to)
		usage_error("--since lies after --until");
	check_metrics(run);
}

static void
prepare(struct run *run)
{
	static const struct keys patient = { { KEY_PATIENT }, 1 };

	check_options(run);
	run->ranged = run->q.period.from != DAY_MIN || run->q.period.to != DAY_MAX;
	if (run->by.n == 0)
		run->by = patient;
	struct keys keys = keys_with_patient(&run->by);
	if (keys.n < run->by.n)
		usage_error("--by: at most %d keys", KEYS_MOST);
	memcpy(run->q.key, keys.key, sizeof keys.key);
	run->q.keys = keys.n;
	run->q.asof = cli_today() < run->q.period.to ? cli_today() : run->q.period.to;
	run->q.catalogue = catalogue_open(run->catalogue);
	run->seen = xcalloc(run->q.metrics.n + 1, sizeof *run->seen);
	if (run->attention)
		run->look = attention_table_new();
	else if (run->every)
		run->timeline = timeline_table_new(keys.key, keys.n);
	else
		run->series = series_table_new(keys.key, keys.n);
	run->out = csvout_new(STDOUT_FILENO, "standard output", ',');
}

/* Can the rows of a patient be printed as soon as they are known, in their order? */
static bool
goes_out_at_once(const struct run *run)
{
	return !run->attention && !run->tables && !run->tee && run->by.key[0] == KEY_PATIENT;
}

static void
mark_seen(struct run *run, const char *metric)
{
	char room[METRIC_NAME];
	struct metric m = metric_parse(metric, room);

	for (size_t i = 0; i < run->q.metrics.n; i++) {
		const char *wanted = run->q.metrics.item[i];
		if (strcmp(metric, wanted) == 0 ||
		        (m.id == METRIC_MEASURE && strcmp(m.item, wanted) == 0))
			run->seen[i] = true;
	}
}

static void
mark_all_seen(struct run *run)
{
	if (run->q.metrics.n == 0)
		return;
	for (size_t i = 0; run->series && i < run->series->n; i++)
		mark_seen(run, run->series->at[i].metric);
	for (size_t i = 0; run->timeline && i < run->timeline->n; i++)
		mark_seen(run, run->timeline->at[i].metric);
}

static void
write_head(struct run *run)
{
	if (!run->begun && run->series)
		series_head(run->series, run->out);
	else if (!run->begun && run->timeline)
		timeline_head(run->timeline, run->out);
	run->begun = true;
}

/* Sorts and prints the rows that are there, and lets go of them. */
static void
write_rows(struct run *run)
{
	mark_all_seen(run);
	if (run->series) {
		series_sort(run->series);
		write_head(run);
		series_rows(run->series, run->out);
		series_table_clear(run->series);
	} else if (run->timeline) {
		timeline_sort(run->timeline);
		write_head(run);
		timeline_rows(run->timeline, run->out);
		timeline_table_clear(run->timeline);
	}
}

static bool
wants_mme(const struct run *run)
{
	const struct metric mme = { METRIC_MME, NULL, SIDE_NONE };

	return !keys_have(&run->by, KEY_ITEM) && !keys_have(&run->by, KEY_FOCUS) &&
	        metric_picked(&run->q.metrics, &mme);
}

/* What must be said once at the end about patients like this one. */
static void
take_note_of(struct run *run, const struct history *h)
{
	const struct medicine *m[FACTORLESS_MOST];
	size_t n = wants_mme(run)
	        ? medicines_without_factor(h, run->q.catalogue, m, FACTORLESS_MOST)
	        : 0;

	for (size_t i = 0; i < n; i++) {
		size_t k = 0;
		while (k < FACTORLESS_MOST - 1 && run->factorless[k] && run->factorless[k] != m[i])
			k++;
		run->factorless[k] = m[i];
		run->factorless_patients[k]++;
	}
	for (enum key key = KEY_APPROACH; key <= KEY_CLINIC; key++)
		if (keys_have(&run->by, key))
			run->switched[key] += key_switched(h, key);
}

static void
each_patient(const struct history *h, void *context)
{
	struct run *run = context;

	take_note_of(run, h);
	if (run->attention)
		attention_of(h, run->q.catalogue, run->q.asof, run->look);
	else if (run->every)
		timeline_of(h, &run->q, run->every, run->timeline);
	else
		series_of(h, &run->q, run->series);
	if (goes_out_at_once(run))
		write_rows(run);
}

static void
take_table(struct run *run, const struct row *row)
{
	struct keys table = keys_of_header(row->header), asked = keys_of(run->q.key, run->q.keys);

	run->tables = true;
	if (run->ranged || run->q.horizon)
		usage_error("%s: period and horizon belong to the run that makes the %s", row->file,
		        table_name(row->header->table));
	if (run->grouped)
		usage_error("%s: --grouped is about a log, not about a %s", row->file,
		        table_name(row->header->table));
	for (size_t i = 0; i < asked.n; i++)
		if (asked.key[i] != KEY_ALL && !keys_have(&table, asked.key[i]))
			usage_error("%s: this %s has no column '%s'; it was made with another "
			            "--by",
			        row->file, table_name(row->header->table), key_names[asked.key[i]]);
}

/* Is this patient and metric asked for? */
static bool
is_asked(const struct run *run, const char *const *key, const char *metric)
{
	char room[METRIC_NAME];
	struct metric m = metric_parse(metric, room);
	size_t i = 0;

	while (run->q.key[i] != KEY_PATIENT)
		i++;
	return metric_picked(&run->q.metrics, &m) &&
	        (run->patients.n == 0 || cli_list_has(&run->patients, slice_of(key[i])));
}

static void
take_row(struct run *run, const struct row *row)
{
	if (run->series && series_read(run->series, row)) {
		const struct series *s = &run->series->at[run->series->n - 1];
		run->series->n -= !is_asked(run, s->key, s->metric);
	}
	if (run->timeline && timeline_read(run->timeline, row)) {
		const struct moment *m = &run->timeline->at[run->timeline->n - 1];
		if (period_kind(m->period) != run->every)
			usage_error("%s: the timeline has another step than --every", row->file);
		run->timeline->n -= !is_asked(run, m->key, m->metric);
	}
}

static void
other_table(enum reader_got got, const struct row *row, void *context)
{
	struct run *run = context;

	if (got == READ_HEADER)
		take_table(run, row);
	else
		take_row(run, row);
}

/* A metric that neither catalogue nor input knows is a typing error. */
static void
check_seen(const struct run *run)
{
	char near[METRIC_NAME];

	for (size_t i = 0; i < run->q.metrics.n; i++) {
		const char *name = run->q.metrics.item[i];
		if (run->seen[i] || metric_is_known(run->q.catalogue, name))
			continue;
		if (metric_nearest(run->q.catalogue, name, near))
			usage_error("--metric: '%s' is not known and not in the input; did you "
			            "mean '%s'?",
			        name, near);
		usage_error("--metric: '%s' is not known and not in the input", name);
	}
}

static void
write_groups(struct run *run)
{
	const char *why = NULL;

	if (run->series) {
		struct group_table *t =
		        groups_of(run->series, run->by.key, run->by.n, run->q.catalogue, &why);
		if (t)
			groups_write(t, run->out);
		group_table_free(t);
	} else {
		struct timeline_table *t =
		        timeline_group(run->timeline, run->by.key, run->by.n, &why);
		if (t)
			timeline_write(t, run->out);
		timeline_table_free(t);
	}
	if (why)
		die("%s", why);
}

static void
write_table(struct run *run)
{
	const char *why = NULL;

	mark_all_seen(run);
	check_seen(run);
	if (run->attention) {
		attention_sort(run->look);
		attention_write(run->look, run->out);
		return;
	}
	if (!keys_have(&run->by, KEY_PATIENT)) {
		write_groups(run);
		return;
	}
	if (run->tables)
		why = run->series ? series_merge(run->series) : timeline_merge(run->timeline);
	if (why)
		die("%s", why);
	write_rows(run);
}

static void
say_notes(const struct run *run)
{
	for (size_t i = 0; i < FACTORLESS_MOST && run->factorless[i]; i++)
		diag_note("%s has no morphine factor: days on it have no mme (%ld patient%s)",
		        run->factorless[i]->id, run->factorless_patients[i],
		        run->factorless_patients[i] == 1 ? "" : "s");
	for (enum key key = KEY_APPROACH; key <= KEY_CLINIC; key++)
		if (run->switched[key])
			diag_note("%ld patient%s changed %s and count wholly under the newest",
			        run->switched[key], run->switched[key] == 1 ? "" : "s",
			        key_names[key]);
}

static void
run_end(struct run *run)
{
	csvout_close(run->out);
	series_table_free(run->series);
	timeline_table_free(run->timeline);
	attention_table_free(run->look);
	cli_list_free(&run->q.metrics);
	cli_list_free(&run->patients);
	free(run->seen);
}

static void
read_input(struct run *run, char *files[])
{
	const enum table tables[] = { run->every ? TABLE_TIMELINE : TABLE_SERIES, TABLE_OTHER };
	const struct reader_opts input = { .catalogue = run->q.catalogue,
		.tables = run->attention ? NULL : tables,
		.tee = run->tee ? run->out : NULL };
	const struct store_opts store_opts = { .grouped = run->grouped,
		.order = ORDER_TIME,
		.asof = run->q.asof,
		.each = each_patient,
		.context = run,
		.patients = &run->patients };
	struct reader *reader = reader_open(files, &input);
	struct store *store = store_new(&store_opts);

	store_read(store, reader, other_table, run);
	reader_close(reader);
	store_end(store);
	store_free(store);
}

int
main(int argc, char *argv[])
{
	struct run run = { .q.period = { DAY_MIN, DAY_MAX } };

	diag_begin("ptstat");
	read_options(&run, argc, argv);
	prepare(&run);
	read_input(&run, argv + optind);
	write_table(&run);
	say_notes(&run);
	run_end(&run);
	return diag_end();
}
