/* ptplan: each patient's next plan as rows of the log. */
#include <unistd.h>

#include "base/cli.h"
#include "base/diag.h"
#include "catalogue/check.h"
#include "plan/explain.h"
#include "plan/replay.h"
#include "plan/rulecheck.h"

enum { OPT_TODAY = 256, OPT_EXPLAIN, OPT_REPLAY, OPT_GROUPED, OPT_CATALOGUE, OPT_CHECK_CATALOGUE };

static const struct cli_option options[] = {
	{ 0, "Whom and when", NULL, NULL },
	{ 'p', "patient", "LIST", "only these patients" },
	{ OPT_TODAY, "today", "DATE", "plan for this day" },
	{ OPT_REPLAY, "replay", "A..B",
	        "what would have been decided on past days, as trial rows" },
	{ 0, "What is written", NULL, NULL },
	{ OPT_EXPLAIN, "explain", NULL, "every rule tried, what it saw, why it won or lost" },
	{ 't', "tee", NULL, "pass all of the log on, ahead of the plan" },
	{ 0, "How", NULL, NULL },
	{ OPT_GROUPED, "grouped", NULL, "each patient's rows stand together: keep one in memory" },
	{ OPT_CATALOGUE, "catalogue", "DIR", "replacements and additions of the catalogue" },
	{ OPT_CHECK_CATALOGUE, "check-catalogue", NULL,
	        "check rules, chains and names, by file and line; no planning" },
	{ 0, NULL, NULL, NULL },
};

static const struct cli cli = {
	.usage = "[OPTION]... [FILE]...",
	.about = "Each patient's next plan: every row with its decision, its rule and its reason.",
	.options = options,
	.examples = "  ptplan visits.csv >plan.csv; ptreport --as sheet visits.csv plan.csv\n"
	            "  ptplan -p P07 --explain visits.csv | ptreport --as table\n"
	            "  ptplan --replay 2026-01-01.. --catalogue new-rules visits.csv\n",
};

/* What the command line asks for, and what a run writes with. */
struct run {
	struct cli_list patients;
	const char *catalogue;
	bool explains, tee, grouped, checks, replays;
	struct days period;

	struct csvout *out;
	struct planner *planner;
	struct desk desk;
	struct planrows rows;
};

static void
read_options(struct run *run, int argc, char *argv[])
{
	const struct cli_slot slots[] = { { 'p', CLI_LIST, &run->patients },
		{ OPT_EXPLAIN, CLI_FLAG, &run->explains }, { OPT_GROUPED, CLI_FLAG, &run->grouped },
		{ 't', CLI_FLAG, &run->tee }, { OPT_CATALOGUE, CLI_WORD, &run->catalogue },
		{ OPT_CHECK_CATALOGUE, CLI_FLAG, &run->checks }, { 0, CLI_FLAG, NULL } };
	const char *arg;
	int id;

	cli_today_first(&cli, argc, argv, OPT_TODAY);
	while ((id = cli_next(&cli, argc, argv, &arg)) != CLI_DONE)
		if (!cli_store(slots, id, arg) && id == OPT_REPLAY) {
			run->replays = true;
			run->period = cli_period("--replay", arg);
		}
	if (run->tee && run->explains)
		usage_error("--explain writes a table of its own: it takes no --tee");
}

static void
each_patient(const struct history *h, void *context)
{
	struct run *run = context;
	struct planrows *rows = run->explains ? NULL : &run->rows;

	if (run->replays) {
		replay(rows, run->planner, &run->desk, h, run->period);
		return;
	}
	plan_make(run->planner, &run->desk, h, cli_today());
	if (rows)
		planrows_write(rows, &run->desk, h->patient);
}

/* Plans, or trials, go on in another writer; and those that were written there come back. */
static void
share_begin(void *context, struct str *made)
{
	struct run *run = context;

	logout_rows_to(run->rows.out, csvout_to_str(made, ','));
}

static void
share_take(void *context, struct slice made)
{
	const struct run *run = context;

	csvout_raw(run->out, made.s, made.n);
}

static void
plan_all(struct run *run, char *files[])
{
	const struct catalogue *c = catalogue_open(run->catalogue);
	static const struct store_share share = { share_begin, share_take };
	struct csvout *out = run->out = csvout_new(STDOUT_FILENO, "standard output", ',');
	struct explain *explain = run->explains ? explain_new(out) : NULL;
	const struct reader_opts opts = { .catalogue = c, .tee = run->tee ? out : NULL };
	const struct store_opts kept = { .grouped = run->grouped,
		.order = ORDER_PLACE,
		.asof = cli_today(),
		.each = each_patient,
		.context = run,
		.patients = &run->patients };

	run->planner = planner_new(c, explain);
	struct reader *reader = reader_open(files, &opts);
	stream_refuse_output(reader_stream(reader));
	struct logout *own = run->tee ? NULL : logout_new(out);
	run->rows = (struct planrows){ .planner = run->planner,
		.out = own ? own : reader_tee(reader),
		.kind = run->replays ? KIND_TRIAL : KIND_PLAN };
	if (explain)
		explain_header(explain);
	else
		logout_begin(run->rows.out);
	struct store *store = store_new(&kept);
	store_read(store, reader, NULL, NULL);
	if (!explain)
		store_share(store, &share);
	store_end(store);
	store_free(store);
	planrows_free(&run->rows);
	if (own)
		logout_free(own);
	reader_close(reader);
	explain_free(explain);
	planner_free(run->planner);
	csvout_close(out);
	desk_free(&run->desk);
}

static void
check_catalogue(const struct catalogue *c)
{
	catalogue_review(c);
	rules_check(c);
}

int
main(int argc, char *argv[])
{
	struct run run = { .checks = false };

	diag_begin("ptplan");
	read_options(&run, argc, argv);
	if (run.checks && argv[optind] != NULL)
		usage_error("--check-catalogue reads no log; name a folder: --catalogue %s",
		        argv[optind]);
	if (run.checks)
		check_catalogue(catalogue_open(run.catalogue));
	else
		plan_all(&run, argv + optind);
	cli_list_free(&run.patients);
	return diag_end();
}
