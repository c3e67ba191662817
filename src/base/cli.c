#include "base/cli.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/diag.h"
#include "base/mem.h"
#include "base/num.h"
#include "base/utf8.h"

#define OPTIONS_MOST 64
#define WIDTH 80
#define IS_LETTER(id) ((id) > 0 && (id) < 256)

/* What every program has besides its own. */
static const struct cli_option common[] = { { 'h', "help", NULL, "this text" },
	{ 'V', "version", NULL, "the version" }, { 0, NULL, NULL, NULL } };

/* The program's table, then the common one, as getopt_long() wants them and as a list of names. */
struct parser {
	const struct cli *cli;
	struct option option[OPTIONS_MOST];
	const char *name[OPTIONS_MOST]; /* with its dashes */
	char names[OPTIONS_MOST][32];
	char letters[2 * OPTIONS_MOST + 2];
	size_t n;
	int argc; /* of the last cli_next() */
	char **argv;
};
static struct parser parser;

static void
add_options(struct parser *p, char **letter, const struct cli_option *o)
{
	for (; o->name; o++) {
		if (o->id == 0)
			continue;
		if (p->n == OPTIONS_MOST - 1)
			die("too many options in the program's table");
		p->option[p->n] = (struct option){ o->name,
			o->arg ? required_argument : no_argument, NULL, o->id };
		snprintf(p->names[p->n], sizeof p->names[0], "--%s", o->name);
		p->name[p->n] = p->names[p->n];
		p->n++;
		if (IS_LETTER(o->id)) {
			*(*letter)++ = (char)o->id;
			if (o->arg)
				*(*letter)++ = ':';
		}
	}
}

static struct parser *
parser_of(const struct cli *cli)
{
	char *letter = parser.letters;

	if (parser.cli == cli)
		return &parser;
	parser = (struct parser){ .cli = cli };
	opterr = 0;
	*letter++ = ':';
	add_options(&parser, &letter, cli->options);
	add_options(&parser, &letter, common);
	return &parser;
}

/* The longest left half of an option's line: what stands before its help. */
static size_t
left_half(struct str *line, const struct cli_option *o)
{
	str_reset(line);
	if (IS_LETTER(o->id))
		str_addf(line, "  -%c, --%s", o->id, o->name);
	else
		str_addf(line, "      --%s", o->name);
	if (o->arg)
		str_addf(line, " %s", o->arg);
	return text_width(str_text(line), line->n);
}

static size_t
widest(const struct cli_option *o)
{
	struct str line = STR_INIT;
	size_t width = 0;

	for (; o->name; o++)
		if (o->id && left_half(&line, o) > width)
			width = left_half(&line, o);
	str_free(&line);
	return width;
}

/* Words of TEXT from COLUMN on, lines of at most WIDTH. */
static void
add_wrapped(struct str *out, const char *text, size_t column)
{
	size_t at = column;

	for (const char *word = text; *word; word += strspn(word, " ")) {
		size_t n = strcspn(word, " "), width = text_width(word, n);

		if (at > column && at + 1 + width > WIDTH) {
			str_addf(out, "\n%*s", (int)column, "");
			at = column;
		} else if (at > column) {
			str_putc(out, ' ');
			at++;
		}
		str_add(out, word, n);
		at += width;
		word += n;
	}
	str_putc(out, '\n');
}

static void
add_help(struct str *out, const struct cli_option *o, size_t column)
{
	struct str line = STR_INIT;

	for (; o->name; o++) {
		if (o->id == 0) {
			str_addf(out, "\n%s\n", o->name);
			continue;
		}
		left_half(&line, o);
		str_addf(out, "%s%*s", str_text(&line), (int)(column - text_width(line.s, line.n)),
		        "");
		add_wrapped(out, o->help, column);
	}
	str_free(&line);
}

static void
add_usage(struct str *out, const char *usage)
{
	const char *before = "usage:";

	for (const char *line = usage; *line; before = "      ") {
		size_t n = strcspn(line, "\n");

		str_addf(out, "%s %s %.*s\n", before, diag_program(), (int)n, line);
		line += n + (line[n] == '\n');
	}
}

static _Noreturn void
print_and_end(struct str *text)
{
	diag_print(text->s, text->n);
	str_free(text);
	exit(diag_end());
}

static _Noreturn void
help(const struct cli *cli)
{
	size_t own = widest(cli->options), others = widest(common);
	size_t column = (own > others ? own : others) + 2;
	struct str text = STR_INIT;

	add_usage(&text, cli->usage);
	add_wrapped(&text, cli->about, 0);
	add_help(&text, cli->options, column);
	add_help(&text, common, column);
	str_addf(&text, "\nExamples\n%s\n", cli->examples);
	str_addf(&text,
	        "Exit status: 0 done, 1 done but rows were rejected, 2 not done.\n"
	        "The manual: man %s, man pttools.\n",
	        diag_program());
	print_and_end(&text);
}

static _Noreturn void
version(void)
{
	struct str text = STR_INIT;

	str_addf(&text,
	        "%s (pttools) %s\n"
	        "Copyright (C) 2026 the pttools authors\n"
	        "License GPLv3+: GNU GPL version 3 or later <https://gnu.org/licenses/gpl.html>.\n"
	        "This is free software: you are free to change and redistribute it.\n"
	        "There is NO WARRANTY, to the extent permitted by law.\n",
	        diag_program(), PT_VERSION);
	print_and_end(&text);
}

static const char *
option_name(int id)
{
	for (size_t i = 0; i < parser.n; i++)
		if (parser.option[i].val == id)
			return parser.option[i].name;
	return NULL;
}

/*
 * The option as it was typed, without its argument: --name, or -x.  A letter that no option has
 * stands in a word that is not done with, so that the word before OPTIND is another one.
 */
static struct slice
typed(char *argv[], char letter[3])
{
	const char *word = argv[optind - 1];

	if (optopt == 0 || (option_name(optopt) && strncmp(word, "--", 2) == 0))
		return (struct slice){ word, strcspn(word, "=") };
	letter[0] = '-';
	letter[1] = (char)optopt;
	letter[2] = '\0';
	return slice_of(letter);
}

/* The names that an abbreviation stands for, when they are two or more. */
static size_t
abbreviates(const struct parser *p, struct slice word, struct str *which)
{
	size_t found = 0;

	for (size_t i = 0; i < p->n; i++)
		if (strncmp(p->name[i], word.s, word.n) == 0)
			str_addf(which, "%s%s", found++ ? ", " : "", p->name[i]);
	return found;
}

/* getopt_long() said '?': unknown, ambiguous, or an argument that the option does not take. */
static _Noreturn void
refuse(const struct parser *p, char *argv[])
{
	struct str which = STR_INIT;
	char letter[3];
	struct slice word = typed(argv, letter);
	const char *near;

	if (word.s == letter)
		usage_error("unknown option %s", quote(word));
	if (optopt)
		usage_error("option %s takes no argument", quote(word));
	if (abbreviates(p, word, &which) > 1)
		usage_error("option %s could be %s", quote(word), str_text(&which));
	near = nearest(word, p->name);
	if (near)
		usage_error("unknown option %s; did you mean '%s'?", quote(word), near);
	usage_error("unknown option %s", quote(word));
}

int
cli_next(const struct cli *cli, int argc, char *argv[], const char **arg)
{
	struct parser *p = parser_of(cli);
	char letter[3];
	int id = getopt_long(argc, argv, p->letters, p->option, NULL);

	*arg = optarg;
	p->argc = argc;
	p->argv = argv;
	if (id == 'h')
		help(cli);
	if (id == 'V')
		version();
	if (id == '?')
		refuse(p, argv);
	if (id == ':')
		usage_error("option %s needs an argument", quote(typed(argv, letter)));
	return id;
}

void
cli_today_first(const struct cli *cli, int argc, char *argv[], int id)
{
	const char *arg;
	int option;

	while ((option = cli_next(cli, argc, argv, &arg)) != CLI_DONE)
		if (option == id)
			cli_set_today(arg);
	optind = 0;
}

bool
cli_store(const struct cli_slot *slots, int id, const char *arg)
{
	char option[40];

	for (; slots->id; slots++) {
		if (slots->id != id)
			continue;
		switch (slots->kind) {
		case CLI_FLAG:
			*(bool *)slots->to = true;
			break;
		case CLI_WORD:
			*(const char **)slots->to = arg;
			break;
		case CLI_LIST:
			snprintf(option, sizeof option, "--%s", option_name(id));
			cli_list_add(slots->to, option, arg);
			break;
		}
		return true;
	}
	return false;
}

static bool
is_among(const char *name, const char *const *names)
{
	for (; *names; names++)
		if (strcmp(name, *names) == 0)
			return true;
	return false;
}

void
cli_given(struct str *out, const char *const *but)
{
	int id;

	optind = 0; /* anew; operands stand behind the options now, so it ends where it was */
	while ((id = getopt_long(parser.argc, parser.argv, parser.letters, parser.option, NULL)) !=
	        CLI_DONE) {
		const char *name = option_name(id);
		if (name == NULL || is_among(name, but))
			continue;
		if (IS_LETTER(id))
			str_addf(out, " -%c", id);
		else
			str_addf(out, " --%s", name);
		if (optarg) {
			str_putc(out, ' ');
			str_add_shell_word(out, optarg);
		}
	}
}
