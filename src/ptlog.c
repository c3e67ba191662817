/* ptlog - the way in: validate, import, select and append session logs */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <getopt.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/cli.h"
#include "base/diag.h"
#include "base/mem.h"
#include "log/fields.h"
#include "log/pipeline.h"
#include "stat/goal.h"

enum {
	OPT_TODAY = 256,
	OPT_SHARD,
	OPT_NET,
	OPT_UNIQUE,
	OPT_SORT,
	OPT_FROM,
	OPT_MAP,
	OPT_SET,
	OPT_UNIT,
	OPT_ENCODING,
	OPT_DELIMITER,
	OPT_DATE_FORMAT,
	OPT_PREFIX,
	OPT_DEIDENTIFY,
	OPT_CHECK,
	OPT_STATS,
	OPT_REJECTS,
	OPT_STRICT,
	OPT_APPEND,
	OPT_LIST,
	OPT_CATALOGUE
};

static const struct cli_option options[] = { { 0, "Select", NULL, NULL },
	{ 'p', "patient", "LIST", "rows of these patients" },
	{ 'k', "kind", "LIST", "rows of these kinds: exercise, plan, measure, ..." },
	{ 'i', "item", "LIST", "rows of these exercises, measures, medicines, ..." },
	{ 'w', "where", "COND", "rows for which COND is true" },
	{ 's', "since", "DATE", "on that day or later: 2026-11-01, today, -14d, -6w" },
	{ 'u', "until", "DATE", "on that day or earlier" },
	{ 'P', "period", "PERIOD", "last-week, 2026-11, 2026-W47, A..B" },
	{ OPT_SHARD, "shard", "I/N", "one of N parts; a patient stays whole" },
	{ OPT_UNIQUE, "unique", NULL, "drop rows that an earlier input has, counted" },
	{ OPT_NET, "net", NULL, "drop rows that were taken back" },
	{ OPT_SORT, "sort", "KEY", "by date or patient; larger than memory too" },
	{ 0, "Import", NULL, NULL },
	{ OPT_FROM, "from", "MAP", "strong, hevy, fitnotes, de, es, fr, nl, or a FILE" },
	{ OPT_MAP, "map", "NAME=COLUMN", "read column NAME as COLUMN; more after commas" },
	{ OPT_SET, "set", "COLUMN=VALUE", "where the input has none" },
	{ OPT_UNIT, "unit", "kg|lb", "of loads that name none" },
	{ OPT_ENCODING, "encoding", "NAME", "of the input, as iconv knows it" },
	{ OPT_DELIMITER, "delimiter", "CHAR", "of the input" },
	{ OPT_DATE_FORMAT, "date-format", "ORDER", "ymd, dmy or mdy" },
	{ OPT_PREFIX, "prefix", "TEXT", "before each patient id" }, { 0, "Check", NULL, NULL },
	{ OPT_CHECK, "check", NULL, "messages and the sum, no output" },
	{ OPT_STATS, "stats", NULL, "the sum: read, written, folded, ..." },
	{ OPT_REJECTS, "rejects", "FILE", "the rejected records, to be corrected" },
	{ OPT_STRICT, "strict", NULL, "reject what is otherwise only warned of" },
	{ 0, "Other", NULL, NULL },
	{ OPT_APPEND, "append", "LOG", "add FIELD=VALUE ..., or standard input, to LOG" },
	{ OPT_DEIDENTIFY, "deidentify", "KEYFILE", "codes for patients, no free text" },
	{ OPT_LIST, "list", "TABLE", "a table of the catalogue: exercises, measures, ..." },
	{ OPT_CATALOGUE, "catalogue", "DIR", "tables over the built-in ones" },
	{ OPT_TODAY, "today", "DATE", "in place of the clock" }, { 0, NULL, NULL, NULL } };

static const struct cli cli = {
	.usage = "[OPTION]... [FILE]...\n--append LOG [OPTION]... [FIELD=VALUE]...",
	.about = "Validates, imports, selects and appends physical-therapy session logs.",
	.options = options,
	.examples = "  ptlog visits.csv -p P07 -P last-month\n"
	            "  ptlog --from strong --unit kg --set patient=S1 strong.csv >log.csv\n"
	            "  ptlog --append visits.csv patient=P07 item=sit-to-stand dose=3x10 "
	            "pain_after=3\n",
};

/* What the command line said. */
struct job {
	struct pipeline_opts pipeline;
	struct import_opts import;
	struct cli_list map, set;
	const char *append, *catalogue, *list, *keyfile;
	bool stats, imports;
};

static void
narrow(struct days *days, struct days by)
{
	if (by.from > days->from)
		days->from = by.from;
	if (by.to < days->to)
		days->to = by.to;
}

static char
delimiter(const char *arg)
{
	if (strcmp(arg, "tab") == 0 || strcmp(arg, "\\t") == 0)
		return '\t';
	if (strlen(arg) != 1 || strchr(",;|\t:", arg[0]) == NULL)
		usage_error("--delimiter: '%s' is none of , ; | : tab", arg);
	return arg[0];
}

/* A pair is one argument: its value may hold commas. */
static void
add_pair(struct cli_list *pairs, const char *arg)
{
	GROW(pairs->item, pairs->cap, pairs->n);
	pairs->item[pairs->n++] = xstrdup(arg);
}

static bool
select_option(struct select_opts *s, int option, const char *arg)
{
	switch (option) {
	case 'w':
		cli_text("--where", arg);
		s->where = arg;
		return true;
	case 's':
		narrow(&s->days, (struct days){ cli_day("--since", arg), DAY_MAX });
		return true;
	case 'u':
		narrow(&s->days, (struct days){ DAY_MIN, cli_day("--until", arg) });
		return true;
	case 'P':
		narrow(&s->days, cli_period("--period", arg));
		return true;
	case OPT_SHARD:
		select_shard(s, arg);
		return true;
	default:
		return false;
	}
}

static void
import_option(struct job *job, int option, const char *arg)
{
	static const char *const orders[] = { "ymd", "dmy", "mdy", NULL };
	static const char *const units[] = { "kg", "lb", NULL };
	struct reader_opts *reader = &job->pipeline.reader;

	switch (option) {
	case OPT_SET:
		cli_text("--set", arg);
		add_pair(&job->set, arg);
		break;
	case OPT_PREFIX:
		cli_text("--prefix", arg);
		job->import.prefix = arg;
		break;
	case OPT_UNIT:
		job->import.unit = units[cli_choice("--unit", arg, units)];
		reader->style.load_unit = job->import.unit;
		break;
	case OPT_DELIMITER:
		reader->stream.in.delimiter = delimiter(arg);
		break;
	case OPT_DATE_FORMAT:
		reader->style.date_order =
		        (enum date_order)cli_choice("--date-format", arg, orders);
		job->import.date_order_given = true;
		break;
	default:
		break;
	}
}

static void
take_option(struct job *job, int option, const char *arg)
{
	static const char *const keys[] = { "date", "patient", NULL };

	if (option == OPT_SORT) {
		job->pipeline.sort = true;
		job->pipeline.sort_key = (enum sort_key)cli_choice("--sort", arg, keys);
	} else if (!select_option(&job->pipeline.select, option, arg)) {
		import_option(job, option, arg);
	}
}

static void
read_options(struct job *job, int argc, char *argv[])
{
	struct pipeline_opts *p = &job->pipeline;
	const struct cli_slot slots[] = { { 'p', CLI_LIST, &p->select.patients },
		{ 'k', CLI_LIST, &p->select.kinds }, { 'i', CLI_LIST, &p->select.items },
		{ OPT_UNIQUE, CLI_FLAG, &p->unique }, { OPT_NET, CLI_FLAG, &p->net },
		{ OPT_FROM, CLI_WORD, &job->import.from }, { OPT_MAP, CLI_LIST, &job->map },
		{ OPT_ENCODING, CLI_WORD, &p->reader.stream.in.encoding },
		{ OPT_CHECK, CLI_FLAG, &p->check }, { OPT_STATS, CLI_FLAG, &job->stats },
		{ OPT_REJECTS, CLI_WORD, &p->rejects },
		{ OPT_STRICT, CLI_FLAG, &p->reader.style.strict },
		{ OPT_APPEND, CLI_WORD, &job->append }, { OPT_DEIDENTIFY, CLI_WORD, &job->keyfile },
		{ OPT_LIST, CLI_WORD, &job->list }, { OPT_CATALOGUE, CLI_WORD, &job->catalogue },
		{ 0, CLI_FLAG, NULL } };
	const char *arg;
	int option;

	cli_today_first(&cli, argc, argv, OPT_TODAY);
	while ((option = cli_next(&cli, argc, argv, &arg)) != CLI_DONE)
		if (!cli_store(slots, option, arg))
			take_option(job, option, arg);
	if (p->select.days.from > p->select.days.to)
		usage_error("the period ends before it begins");
	if (job->list && (job->append || argv[optind]))
		usage_error("--list writes a table of the catalogue: it reads no log");
	job->stats = job->stats || p->check;
	job->imports = job->import.from || job->import.prefix || job->map.n > 0 || job->set.n > 0;
}

static void
print_table(const struct catalogue *c, const char *table)
{
	const char *near;

	if (catalogue_list(c, table))
		return;
	near = nearest(slice_of(table), catalogue_table_names);
	usage_error("--list: there is no table '%s'%s%s%s", table, near ? "; did you mean '" : "",
	        near ? near : "", near ? "'?" : "");
}

/* Voids mean rows by fields that are left out then. */
static void
check_deidentify(const struct job *job)
{
	if (job->keyfile && job->pipeline.net)
		usage_error("--deidentify goes with neither --append nor --net: "
		            "ptlog --net FILE | ptlog --deidentify %s",
		        job->keyfile);
}

/* What is added goes to a log, in the order it came, as it is. */
static void
check_append(const struct job *job, char *const operands[])
{
	if (job->pipeline.net || job->pipeline.sort || job->keyfile)
		usage_error("--append goes with none of --net, --sort and --deidentify: pipe their "
		            "output into it");
	if (operands[0] && (!select_is_all(&job->pipeline.select) || job->pipeline.rejects))
		usage_error("--append of FIELD=VALUE adds that row: options that select rows, and "
		            "--rejects, are for rows on standard input");
}

/*
 * When standard input holds nothing, the row was to be typed; then -p P07 most likely means
 * patient=P07.
 */
static void
explain_nothing(const struct job *job, struct str *out)
{
	const struct select_opts *s = &job->pipeline.select;
	const struct {
		char letter;
		const char *column;
		const struct cli_list *words;
	} lists[] = { { 'p', "patient", &s->patients }, { 'k', "kind", &s->kinds },
		{ 'i', "item", &s->items } };

	str_puts(out, "a row to add is given as FIELD=VALUE, or comes from there");
	for (size_t i = 0; i < LENGTH(lists); i++)
		if (lists[i].words->n == 1)
			str_addf(out, "; -%c picks among such rows: is %s=%s meant?",
			        lists[i].letter, lists[i].column, lists[i].words->item[0]);
}

/* A log that is added to supplies the day. */
static void
set_today(struct job *job)
{
	struct str pair = STR_INIT;
	char day[DATE_TEXT];

	str_puts(&pair, "date=");
	str_add(&pair, day, day_write(day, cli_today()));
	add_pair(&job->set, str_text(&pair));
	str_free(&pair);
	job->imports = true;
}

static struct import *
prepare_import(struct job *job)
{
	struct import *im;

	if (!job->imports)
		return NULL;
	job->import.catalogue = job->pipeline.reader.catalogue;
	job->import.map = &job->map;
	job->import.set = &job->set;
	job->import.encoding_given = job->pipeline.reader.stream.in.encoding != NULL;
	im = import_new(&job->import);
	import_prepare(im, &job->pipeline.reader.stream, &job->pipeline.reader.style);
	job->pipeline.import = job->pipeline.reader.import = im;
	return im;
}

static struct pipeline_sum
append(struct job *job, char *const operands[])
{
	static char *const standard_input[] = { "-", NULL };
	const struct additions_opts opts = { .catalogue = job->pipeline.reader.catalogue,
		.log = job->append,
		.unique = job->pipeline.unique };
	struct additions *a = additions_new(&opts);
	struct pipeline_sum sum;
	struct str nothing = STR_INIT;

	explain_nothing(job, &nothing);
	job->pipeline.reader.stream.nothing = str_text(&nothing);
	job->pipeline.add = a;
	job->pipeline.add_to = job->append;
	if (operands[0])
		sum = fields_add(operands, &job->pipeline, a);
	else
		sum = pipeline_run(standard_input, &job->pipeline);
	if (sum.rejected > 0)
		die("%s: %ld row%s rejected; nothing was written", job->append, sum.rejected,
		        sum.rejected == 1 ? " was" : "s were");
	if (!job->pipeline.check) {
		const long held = (long)additions_commit(a);
		sum.repeated += held;
		sum.written -= held;
	}
	additions_free(a);
	str_free(&nothing);
	return sum;
}

static struct deid *
open_key(const struct job *job)
{
	const struct deid_opts opts = { job->keyfile, job->pipeline.reader.catalogue, cli_today(),
		goal_is_target };

	return deid_open(&opts);
}

/* Whoever plans from the rows that are left takes the patient for one of whom all was read. */
static void
say_what_is_missing(const struct job *job, long rejected)
{
	struct stat out;

	if (rejected == 0 || job->append || job->pipeline.check ||
	        fstat(STDOUT_FILENO, &out) != 0 || !S_ISFIFO(out.st_mode))
		return;
	diag_note("%ld row%s rejected, and what reads this pipe does not know of it: correct the "
	          "input first",
	        rejected, rejected == 1 ? " was" : "s were");
}

static void
run(struct job *job, char *const operands[])
{
	struct import *im;
	struct pipeline_sum sum;

	check_deidentify(job);
	if (job->append) {
		check_append(job, operands);
		set_today(job);
	}
	im = prepare_import(job);
	if (job->keyfile)
		job->pipeline.deid = open_key(job);
	sum = job->append ? append(job, operands) : pipeline_run(operands, &job->pipeline);
	if (job->keyfile)
		deid_close(job->pipeline.deid);
	if (job->stats)
		pipeline_say(&sum);
	say_what_is_missing(job, sum.rejected);
	if (im) {
		import_say_unmapped(im);
		import_free(im);
	}
}

int
main(int argc, char *argv[])
{
	struct job job = { .pipeline = { .select = SELECT_OPTS_INIT,
		                   .reader.style = { .names_unknown = true,
		                           .goal_is_doubtful = goal_is_doubtful } } };

	diag_begin("ptlog");
	read_options(&job, argc, argv);
	job.pipeline.reader.catalogue = catalogue_open(job.catalogue);
	job.pipeline.select.catalogue = job.pipeline.reader.catalogue;
	if (job.list)
		print_table(job.pipeline.reader.catalogue, job.list);
	else
		run(&job, argv + optind);
	cli_list_free(&job.map);
	cli_list_free(&job.set);
	cli_list_free(&job.pipeline.select.patients);
	cli_list_free(&job.pipeline.select.kinds);
	cli_list_free(&job.pipeline.select.items);
	return diag_end();
}
