#include "log/fields.h"

#include <stdlib.h>

#include "base/diag.h"
#include "base/mem.h"
#include "log/item.h"
#include "log/void.h"

struct fields {
	struct header header;
	struct slice *value;
	struct row row;
	char day[DATE_TEXT]; /* what today or yesterday is */
};

static bool
is_column(const char *name)
{
	return !entry_column_is_other(name);
}

static bool
names(const char *word, const char *column)
{
	const size_t n = strlen(column);

	return strncmp(word, column, n) == 0 && word[n] == '=';
}

/* The item of kind profile that the word would give as a column, or NULL. */
static const char *
profile_word(const char *word)
{
	for (const char *const *item = profile_items; *item; item++)
		if (names(word, *item))
			return *item;
	return NULL;
}

static bool
has_word(char *const words[], const char *column)
{
	while (*words && !names(*words, column))
		words++;
	return *words != NULL;
}

static bool
is_of_any_row(const char *word)
{
	return names(word, "date") || names(word, "patient");
}

static bool
is_of_own_row(const char *word)
{
	return !profile_word(word);
}

static bool
is_of_fact(const char *word)
{
	return is_of_own_row(word) && !names(word, "kind") && !names(word, "item") &&
	        !names(word, "value");
}

/* A command for the row of those words that belong to it. */
static void
add_command(struct str *out, char *const words[], bool (*belongs)(const char *word))
{
	static const char *const all[] = { NULL };

	str_addf(out, "%sptlog", out->n ? " && " : "");
	cli_given(out, all);
	for (; *words; words++)
		if (belongs(*words)) {
			str_putc(out, ' ');
			str_add_shell_word(out, *words);
		}
}

/* The commands with rows of kind profile in place of the words that give such items. */
static _Noreturn void
no_column_but_row(char *const words[], const char *item)
{
	const bool other = has_word(words, "item");
	struct str command = STR_INIT;

	for (char *const *w = words; *w; w++) {
		if (!profile_word(*w))
			continue;
		add_command(&command, words, other ? is_of_any_row : is_of_fact);
		str_addf(&command, " kind=profile item=%s value=", profile_word(*w));
		str_add_shell_word(&command, strchr(*w, '=') + 1);
	}
	if (other)
		add_command(&command, words, is_of_own_row);
	die_try(str_text(&command), "a patient's %s is a row of the log, not a column", item);
}

static _Noreturn void
no_column(char *const words[], const char *word, const char *name)
{
	const char *near = nearest(slice_of(name), column_names);

	if (profile_word(word))
		no_column_but_row(words, name);
	usage_error("'%s' is not a column of the log%s%s%s", name, near ? "; did you mean '" : "",
	        near ? near : "", near ? "'?" : "");
}

/* A date may be said as in the options, by the word. */
static struct slice
value_of(struct fields *f, const char *name, const char *value)
{
	static const char *const days[] = { "today", "yesterday" };

	for (int back = 0; back < 2 && strcmp(name, column_names[COL_DATE]) == 0; back++)
		if (strcmp(value, days[back]) == 0)
			return (struct slice){ f->day, day_write(f->day, cli_today() - back) };
	return slice_of(value);
}

static void
add_field(struct fields *f, char *const words[], const char *word)
{
	const char *sign = strchr(word, '=');
	char *name;

	cli_text("FIELD=VALUE", word);
	if (sign == NULL)
		usage_error("'%s' is not FIELD=VALUE; rows of a file come by standard input: ptlog "
		            "--append LOG <FILE",
		        word);
	name = xstrndup(word, (size_t)(sign - word));
	f->header.name[f->header.n] = f->header.label[f->header.n] = name;
	if (!is_column(name))
		no_column(words, word, name);
	if (header_column(&f->header, name) >= 0)
		usage_error("the column %s is given twice", name);
	f->value[f->header.n++] = value_of(f, name, sign + 1);
}

static void
begin(struct fields *f, char *const words[])
{
	size_t n = 0;

	while (words[n])
		n++;
	f->header.table = TABLE_LOG;
	f->header.delimiter = ',';
	f->header.name = xcalloc(n + 1, sizeof *f->header.name);
	f->header.label = xcalloc(n + 1, sizeof *f->header.label);
	f->value = xcalloc(n + 1, sizeof *f->value);
	for (char *const *word = words; *word; word++)
		add_field(f, words, *word);
	f->row.header = &f->header;
	f->row.file = "command line";
	f->row.record =
	        (struct record){ .field = f->value, .n = f->header.n, .line = 1, .quoted = true };
}

static void
end(struct fields *f)
{
	for (size_t i = 0; i < f->header.n; i++)
		free(f->header.label[i]);
	free(f->header.name);
	free(f->header.label);
	free(f->value);
}

static struct place
place_of(const struct fields *f, enum column c)
{
	return (struct place){ f->row.file, f->row.record.line, column_names[c] };
}

/* Rows of these kinds say nothing without a value. */
static bool
lacks_value(const struct entry *e)
{
	const bool number = e->kind == KIND_MEASURE || e->kind == KIND_MEDICINE;

	return number ? !known(e->value) : e->kind == KIND_PROFILE && e->text.n == 0;
}

/* What an override leaves out the next plan takes from before; a sheet until then cannot. */
static void
look_at_override(const struct fields *f, const struct entry *e)
{
	if (e->sets == 0)
		return;
	if (!known(e->per_week))
		diag_warning(place_of(f, COL_PER_WEEK),
		        "empty: until the next plan the exercise is on no day; how often? "
		        "per_week=3");
	if (!known(e->sets) && !known(e->reps) && !known(e->seconds))
		diag_warning(place_of(f, COL_SETS),
		        "no dose: until the next plan the sheet says once; how much? dose=3x10");
}

/* What is typed in by hand has been. */
static void
look_at_row(const struct fields *f, const struct entry *e)
{
	if (e->date.day > cli_today() && e->kind != KIND_VOID)
		diag_warning(place_of(f, COL_DATE), "lies in the future; " VOID_ADVICE);
	if (e->decision != DECISION_NONE && e->kind != KIND_PLAN)
		diag_warning(place_of(f, COL_DECISION),
		        "only a row of kind plan has one: is kind=plan missing?");
	else if (e->decision == DECISION_OVERRIDE)
		look_at_override(f, e);
}

struct pipeline_sum
fields_add(char *const words[], const struct pipeline_opts *opts, struct additions *to)
{
	struct pipeline_sum sum = { .read = 1 };
	struct fields f = { .value = NULL };
	struct entry_reader *r;
	struct row row;
	struct entry e;

	begin(&f, words);
	r = entry_reader_new(opts->reader.catalogue, &opts->reader.style);
	entry_reader_know(r, opts->add_to);
	if (!import_row(opts->import, &f.row, &row)) {
		diag_reject((struct place){ f.row.file, f.row.record.line, NULL },
		        "no set, by the rules of --from");
		sum.rejected = 1;
	} else if (entry_read(r, &row, &e, NULL) != ENTRY_GOOD) {
		sum.rejected = 1;
	} else if (lacks_value(&e)) {
		diag_reject(place_of(&f, COL_VALUE), "empty, and without it the row says nothing");
		sum.rejected = 1;
	} else {
		look_at_row(&f, &e);
		additions_add(to, &e, &row);
		sum.written = 1;
	}
	entry_reader_end(r);
	entry_reader_free(r);
	end(&f);
	return sum;
}
