/* ptstat: statistics of the log as one table of CSV. */
#include <stdlib.h>
#include <unistd.h>

#include "base/cli.h"
#include "base/diag.h"
#include "base/mem.h"
#include "stat/remarks.h"
#include "stat/result.h"

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
	{ 't', "tee", NULL, "pass all of the log on, ahead of the table" },
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

/* What the command line asks for, and what a run gathers. */
struct run {
	struct result_query ask;
	const char *catalogue, *period, *since, *until;

	struct csvout *out;
	struct result *result;
	struct remarks remarks;
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
	const size_t n = strlen(arg);
	char number[16] = "";

	if (n < 2 || n > sizeof number || (arg[n - 1] != 'w' && arg[n - 1] != 'd'))
		usage_error("--at: '%s' is no horizon; write 26w or 90d", arg);
	memcpy(number, arg, n - 1);
	return (int)cli_number("--at", number, 1, 10000) * (arg[n - 1] == 'w' ? 7 : 1);
}

static void
take_option(struct run *run, int id, const char *arg)
{
	static const char *const steps[] = { "day", "week", "month", "year", NULL };

	switch (id) {
	case OPT_BY:
		read_keys(&run->ask.by, arg);
		break;
	case OPT_EVERY:
		run->ask.every = (enum every)(EVERY_DAY + cli_choice("--every", arg, steps));
		break;
	case OPT_AT:
		run->ask.q.horizon = read_horizon(arg);
		break;
	}
}

static void
read_options(struct run *run, int argc, char *argv[])
{
	const struct cli_slot slots[] = { { OPT_ATTENTION, CLI_FLAG, &run->ask.attention },
		{ 'p', CLI_LIST, &run->ask.patients },
		{ OPT_METRIC, CLI_LIST, &run->ask.q.metrics },
		{ OPT_GROUPED, CLI_FLAG, &run->ask.grouped }, { 't', CLI_FLAG, &run->ask.tee },
		{ 'P', CLI_WORD, &run->period }, { 's', CLI_WORD, &run->since },
		{ 'u', CLI_WORD, &run->until }, { OPT_CATALOGUE, CLI_WORD, &run->catalogue },
		{ 0, CLI_FLAG, NULL } };
	const char *arg;
	int id;

	cli_today_first(&cli, argc, argv, OPT_TODAY);
	while ((id = cli_next(&cli, argc, argv, &arg)) != CLI_DONE)
		if (!cli_store(slots, id, arg))
			take_option(run, id, arg);
}

/* Metrics by any name that the catalogue has for them. */
static void
name_metrics(struct result_query *ask)
{
	char name[METRIC_NAME];

	for (size_t i = 0; i < ask->q.metrics.n; i++) {
		metric_canonical(ask->q.catalogue, ask->q.metrics.item[i], name);
		free(ask->q.metrics.item[i]);
		ask->q.metrics.item[i] = xstrdup(name);
	}
}

/* Of one exercise there are neither measures nor medicine. */
static bool
is_by_exercise(const struct result_query *ask)
{
	return keys_have(&ask->by, KEY_ITEM) || keys_have(&ask->by, KEY_FOCUS);
}

static void
check_metrics(const struct result_query *ask)
{
	char room[METRIC_NAME];

	for (size_t i = 0; is_by_exercise(ask) && i < ask->q.metrics.n; i++)
		if (!metric_of_exercise(metric_parse(ask->q.metrics.item[i], room).id))
			usage_error("--metric: '%s' is not known for one exercise or focus alone",
			        ask->q.metrics.item[i]);
}

static void
check_options(const struct result_query *ask)
{
	if (ask->attention && (ask->by.n || ask->every || ask->q.metrics.n || ask->q.horizon))
		usage_error("--attention is a table of its own: it takes no --by, --every, "
		            "--metric or --at");
	if (ask->every && ask->q.horizon)
		usage_error("--at judges series and groups; a timeline has no horizon");
}

/* An empty table is an answer, but a year mistyped deserves a word. */
static void
remark_future(struct days period)
{
	char today[DATE_TEXT];

	if (period.from > cli_today())
		diag_note("the period lies in the future: today is %.*s",
		        (int)day_write(today, cli_today()), today);
}

static void
prepare(struct run *run)
{
	static const struct keys patient = { { KEY_PATIENT }, 1 };
	struct result_query *ask = &run->ask;

	check_options(ask);
	ask->q.period = cli_reported(run->period, run->since, run->until);
	remark_future(ask->q.period);
	if (ask->by.n == 0)
		ask->by = patient;
	const struct keys keys = keys_with_patient(&ask->by);
	if (keys.n < ask->by.n)
		usage_error("--by: at most %d keys", KEYS_MOST);
	memcpy(ask->q.key, keys.key, sizeof keys.key);
	ask->q.keys = keys.n;
	ask->q.asof = cli_today() < ask->q.period.to ? cli_today() : ask->q.period.to;
	ask->q.catalogue = catalogue_open(run->catalogue);
	name_metrics(ask);
	check_metrics(ask);
	run->out = csvout_new(STDOUT_FILENO, "standard output", ',');
	run->result = result_new(ask, run->out);
}

static bool
wants_mme(const struct result_query *ask)
{
	const struct metric mme = { METRIC_MME, NULL, SIDE_NONE };

	return !is_by_exercise(ask) && metric_picked(&ask->q.metrics, &mme);
}

static void
each_patient(const struct history *h, void *context)
{
	struct run *run = context;
	const struct result_query *ask = &run->ask;

	remarks_take(&run->remarks, h, ask->q.catalogue, &ask->by,
	        is_by_exercise(ask) ? NULL : &ask->q.metrics, wants_mme(ask));
	result_add(run->result, h);
}

static void
share_begin(void *context, struct str *made)
{
	struct run *run = context;

	result_send(run->result, made);
}

static void
share_take(void *context, struct slice made)
{
	struct run *run = context;

	result_take(run->result, made);
}

static void
other_table(enum reader_got got, const struct row *row, void *context)
{
	struct run *run = context;

	if (got != READ_HEADER) {
		result_row(run->result, row);
		return;
	}
	if (run->ask.grouped)
		usage_error("%s: --grouped is about a log, not about a %s", row->file,
		        table_name(row->header->table));
	result_header(run->result, row);
}

static void
read_input(struct run *run, char *files[])
{
	const struct result_query *ask = &run->ask;
	const enum table tables[] = { ask->every ? TABLE_TIMELINE : TABLE_SERIES, TABLE_OTHER };
	const struct reader_opts input = { .catalogue = ask->q.catalogue,
		.tables = ask->attention ? NULL : tables,
		.tee = ask->tee ? run->out : NULL };
	const struct store_opts store_opts = { .grouped = ask->grouped,
		.order = ORDER_TIME,
		.asof = ask->q.asof,
		.each = each_patient,
		.context = run,
		.patients = &ask->patients };
	static const struct store_share share = { share_begin, share_take };
	struct reader *reader = reader_open(files, &input);
	struct store *store = store_new(&store_opts);

	stream_refuse_output(reader_stream(reader));
	store_read(store, reader, other_table, run);
	reader_close(reader);
	if (result_can_be_shared(run->result))
		store_share(store, &share);
	store_end(store);
	store_free(store);
}

static void
run_end(struct run *run)
{
	csvout_close(run->out);
	result_free(run->result);
	remarks_free(&run->remarks);
	cli_list_free(&run->ask.q.metrics);
	cli_list_free(&run->ask.patients);
}

int
main(int argc, char *argv[])
{
	struct run run = { 0 };

	diag_begin("ptstat");
	read_options(&run, argc, argv);
	prepare(&run);
	read_input(&run, argv + optind);
	result_write(run.result);
	remarks_say(&run.remarks, run.ask.q.catalogue);
	run_end(&run);
	return diag_end();
}
