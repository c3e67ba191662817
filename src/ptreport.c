/* ptreport - reports that a person wants to read */
#include <getopt.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/cli.h"
#include "base/diag.h"
#include "reports/mime.h"
#include "reports/text.h"
#include "reports/view.h"

enum {
	OPT_AS = 256,
	OPT_TITLE,
	OPT_MAIL_TO,
	OPT_IF_ATTENTION,
	OPT_COLOR,
	OPT_TODAY,
	OPT_CATALOGUE
};

static const struct cli_option options[] = {
	{ 0, "What is reported", NULL, NULL },
	{ OPT_AS, "as", "REPORT", "summary (default), sheet, story, first-session or table" },
	{ 'p', "patient", "LIST", "only these patients, with commas between" },
	{ 'P', "period", "PERIOD",
	        "this stretch, against the one before: last-week, 2026-11, A..B" },
	{ 's', "since", "DATE", "a period from this day on" },
	{ 'u', "until", "DATE", "a period up to this day" },
	{ OPT_TODAY, "today", "DATE", "the day of the report; later rows are not used" },
	{ OPT_CATALOGUE, "catalogue", "DIR", "additions and replacements of the catalogue" },
	{ 0, "How it is written", NULL, NULL },
	{ 'f', "format", "FORMAT", "text (default), markdown or html" },
	{ OPT_TITLE, "title", "TEXT", "the heading" },
	{ OPT_COLOR, "color", "WHEN", "auto (default), always or never" },
	{ OPT_MAIL_TO, "mail-to", "ADDRESS",
	        "a whole message, text and HTML, for sendmail -t -oi" },
	{ OPT_IF_ATTENTION, "if-attention", NULL, "nothing at all when nobody needs a look" },
	{ 0, NULL, NULL, NULL },
};

static const struct cli cli = {
	.usage = "[OPTION]... [FILE]...",
	.about = "Writes what a person wants to read of a log: for the therapist, the patient, the "
	         "doctor.",
	.options = options,
	.examples = "  ptreport visits.csv\n"
	            "  ptreport --as sheet -p P01 -f html visits.csv > sheet.html\n"
	            "  ptreport -P last-week --mail-to me@clinic.org visits.csv | sendmail -t\n",
};

enum { COLOR_AUTO, COLOR_ALWAYS, COLOR_NEVER };
static const char *const color_words[] = { "auto", "always", "never", NULL };

struct options {
	const struct view *view;
	const struct out_format *format; /* NULL: not said */
	const char *period, *since, *until, *mail_to, *catalogue;
	bool if_attention;
	int color;
	struct query query;
};

static const struct view *
choose_view(const char *arg)
{
	const char *names[8] = { NULL };

	for (size_t i = 0; views[i]; i++)
		names[i] = views[i]->name;
	return views[cli_choice("--as", arg, names)];
}

static const struct out_format *
choose_format(const char *arg)
{
	const char *names[8] = { NULL };

	for (size_t i = 0; out_formats[i]; i++)
		names[i] = out_formats[i]->name;
	return out_formats[cli_choice("--format", arg, names)];
}

static void
take_option(struct options *o, int id, const char *arg)
{
	switch (id) {
	case OPT_AS:
		o->view = choose_view(arg);
		break;
	case 'f':
		o->format = choose_format(arg);
		break;
	case OPT_COLOR:
		o->color = cli_choice("--color", arg, color_words);
		break;
	case OPT_TODAY:
		cli_set_today(arg);
		break;
	}
}

static void
read_options(struct options *o, int argc, char *argv[])
{
	const struct cli_slot slots[] = { { 'p', CLI_LIST, &o->query.patients },
		{ 'P', CLI_WORD, &o->period }, { 's', CLI_WORD, &o->since },
		{ 'u', CLI_WORD, &o->until }, { OPT_TITLE, CLI_WORD, &o->query.title },
		{ OPT_MAIL_TO, CLI_WORD, &o->mail_to },
		{ OPT_IF_ATTENTION, CLI_FLAG, &o->if_attention },
		{ OPT_CATALOGUE, CLI_WORD, &o->catalogue }, { 0, CLI_FLAG, NULL } };
	const char *arg;
	int id;

	while ((id = cli_next(&cli, argc, argv, &arg)) != CLI_DONE)
		if (!cli_store(slots, id, arg))
			take_option(o, id, arg);
}

static void
check_options(const struct options *o)
{
	if (o->mail_to && o->format)
		usage_error("--mail-to writes both text and HTML: leave --format out");
	if (o->mail_to && !mime_address_good(o->mail_to))
		usage_error("--mail-to: no address that can stand in a message; write it like "
		            "me@clinic.org, several with commas between");
	if (o->view->streams && (o->mail_to || o->if_attention))
		usage_error("--as table goes with neither --mail-to nor --if-attention");
}

/* What is to come has no report. */
static void
check_future(const struct query *q)
{
	char today[DATE_TEXT];

	if (q->period.from <= q->today)
		return;
	today[day_write(today, q->today)] = '\0';
	usage_error("the period lies in the future: today is %s", today);
}

/* Relative words need --today, wherever it stood. */
static void
resolve_options(struct options *o)
{
	struct query *q = &o->query;

	q->today = cli_today();
	q->has_period = o->period || o->since || o->until;
	q->period = cli_reported(o->period, o->since, o->until);
	check_future(q);
	q->catalogue = catalogue_open(o->catalogue);
}

static size_t
terminal_width(void)
{
	struct winsize size;
	const char *columns = getenv("COLUMNS");
	long n;

	if (!isatty(STDOUT_FILENO))
		return WIDTH_DEFAULT;
	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col >= 20)
		return size.ws_col;
	n = columns ? strtol(columns, NULL, 10) : 0;
	return n >= 20 && n <= 1000 ? (size_t)n : WIDTH_DEFAULT;
}

static bool
wants_colour(int color)
{
	const char *no = getenv("NO_COLOR"), *term = getenv("TERM");

	if (color != COLOR_AUTO)
		return color == COLOR_ALWAYS;
	return !(no && *no) && !(term && strcmp(term, "dumb") == 0) && isatty(STDOUT_FILENO);
}

static void
render(struct out *out, const struct options *o, struct facts *facts)
{
	const char *title = o->query.title ? o->query.title : o->view->title;

	out->lang = o->view->language && facts ? o->view->language(facts) : "en";
	out_begin(out, title, o->view->look);
	o->view->write(out, &o->query, facts);
	out_end(out);
}

static void
write_mail(const struct options *o, struct facts *facts)
{
	struct out text = { .format = &out_text, .width = WIDTH_DEFAULT - 4 };
	struct out html = { .format = &out_html };
	struct str subject = STR_INIT, message = STR_INIT;

	render(&text, o, facts);
	render(&html, o, facts);
	if (o->view == &view_summary)
		summary_subject(&subject, facts);
	else
		str_puts(&subject, o->query.title ? o->query.title : o->view->title);
	mime_message(&message, o->mail_to, str_text(&subject),
	        (struct slice){ str_text(&text.text), text.text.n },
	        (struct slice){ str_text(&html.text), html.text.n });
	diag_print(str_text(&message), message.n);
	str_free(&text.text);
	str_free(&html.text);
	str_free(&subject);
	str_free(&message);
}

static void
write_report(const struct options *o, struct facts *facts)
{
	struct out out = { .format = o->format ? o->format : &out_text,
		.flows = true,
		.width = terminal_width(),
		.ascii = !text_locale_utf8(),
		.colour = wants_colour(o->color) };

	render(&out, o, facts);
	diag_print(str_text(&out.text), out.text.n);
	str_free(&out.text);
}

static void
write_out(const struct options *o, struct facts *facts)
{
	if (facts)
		facts_say_unused(facts);
	if (o->mail_to)
		write_mail(o, facts);
	else
		write_report(o, facts);
}

static void
report(const struct options *o)
{
	struct facts *facts = NULL;

	if (!o->view->streams)
		facts = facts_read(&o->query, o->view->notes);
	if (o->view->computes || o->if_attention)
		facts_compute(facts);
	if (!o->if_attention || facts_need_attention(facts)) /* else silence is the answer */
		write_out(o, facts);
	if (facts)
		facts_free(facts);
}

int
main(int argc, char *argv[])
{
	struct options o = { .view = &view_summary, .query = { .patients = CLI_LIST_INIT } };

	diag_begin("ptreport");
	read_options(&o, argc, argv);
	check_options(&o);
	resolve_options(&o);
	o.query.files = argv + optind;
	report(&o);
	cli_list_free(&o.query.patients);
	return diag_end();
}
