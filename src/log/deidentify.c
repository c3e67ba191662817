#include "log/deidentify.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/diag.h"
#include "base/file.h"
#include "base/intern.h"
#include "base/mem.h"
#include "catalogue/catalogue.h"
#include "log/value.h"
#include "records/csvin.h"
#include "records/csvout.h"

#define OLDEST 90      /* years: ages above are one group */
#define MOST_WEEKS 104 /* of the shift */
#define CODE_LENGTH 10
#define LONGEST_ID 80 /* bytes, in small letters */

struct code {
	char text[CODE_LENGTH + 1];
	int weeks; /* earlier */
};

struct deid {
	struct deid_opts opts;
	int fd;                /* of KEYFILE, locked until the table is kept */
	struct pool *patients; /* original ids; by id, their code */
	struct code *code;
	size_t codes, cap;
	struct pool *taken;  /* codes in use */
	struct pool *texts;  /* every text that was let through */
	struct pool *passed; /* what in them could be an id, as id_normalise() spells it */
	char year[NUM_TEXT], date[DATE_TEXT];
};

static uint32_t
random_below(uint32_t bound)
{
	uint32_t x;

	do
		if (getrandom(&x, sizeof x, 0) != (ssize_t)sizeof x)
			die("no random numbers: %s", strerror(errno));
	while (x >= UINT32_MAX - UINT32_MAX % bound);
	return x % bound;
}

/* Letters and digits that nobody mistakes for each other; the first is a letter. */
static void
draw_code(struct deid *d, struct code *c)
{
	static const char letters[] = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";

	do {
		c->text[0] = 'R';
		for (size_t i = 1; i < CODE_LENGTH; i++)
			c->text[i] = letters[random_below(sizeof letters - 1)];
		c->text[CODE_LENGTH] = '\0';
	} while (pool_find(d->taken, c->text, CODE_LENGTH) != POOL_NONE ||
	        pool_find(d->patients, c->text, CODE_LENGTH) != POOL_NONE);
	c->weeks = 1 + (int)random_below(MOST_WEEKS);
}

static void
keep_code(struct deid *d, const struct code *c)
{
	GROW(d->code, d->cap, d->codes);
	d->code[d->codes++] = *c;
	pool_add(d->taken, c->text, strlen(c->text));
}

static const struct code *
code_of(struct deid *d, struct slice patient)
{
	const uint32_t id = pool_add(d->patients, patient.s, patient.n);
	struct code fresh;

	if (id == d->codes) {
		draw_code(d, &fresh);
		keep_code(d, &fresh);
	}
	return &d->code[id];
}

/* A line of the table: patient,code,weeks. */
static void
read_key(struct deid *d, const struct record *r)
{
	struct code c;
	double weeks;

	if (r->n != 3 || r->field[1].n != CODE_LENGTH ||
	        num_read(r->field[2], false, &weeks) != NUM_OK || weeks < 1 || weeks > MOST_WEEKS)
		die("%s:%ld: not a line of a key table (patient,code,weeks)", d->opts.keyfile,
		        r->line);
	if (pool_add(d->patients, r->field[0].s, r->field[0].n) != d->codes)
		die("%s:%ld: a patient stands here twice", d->opts.keyfile, r->line);
	memcpy(c.text, r->field[1].s, CODE_LENGTH);
	c.text[CODE_LENGTH] = '\0';
	c.weeks = (int)weeks;
	keep_code(d, &c);
}

static void
read_keys(struct deid *d, int fd)
{
	struct csvin *in =
	        csvin_open_fd(fd, d->opts.keyfile, &(struct csvin_opts){ .delimiter = ',' });
	struct record r;
	enum csvin_got got;
	bool header = true;

	while ((got = csvin_next(in, &r)) != CSVIN_END) {
		if (got != CSVIN_RECORD)
			die("%s:%ld: %s", d->opts.keyfile, r.line, r.why);
		if (!header)
			read_key(d, &r);
		header = false;
	}
	csvin_close(in);
}

/* A key table that was made for the lock and holds nothing yet goes again. */
static const char *unused;

static void
take_away(void)
{
	if (unused)
		unlink(unused);
}

/* Reading is enough for a table that is not new; a network disk locks only what can be written. */
static int
open_keys(const char *keyfile)
{
	const int flags = O_NOFOLLOW | O_NONBLOCK | O_NOCTTY;
	int fd = file_open(keyfile, O_RDWR | flags, 0);

	if (fd < 0 && errno == EACCES)
		fd = file_open(keyfile, O_RDONLY | flags, 0);
	if (fd >= 0 || errno != ENOENT)
		return fd;
	fd = file_open(keyfile, O_RDWR | O_CREAT | O_EXCL | flags, 0600);
	if (fd < 0 && errno == EEXIST) /* another run was first */
		return open_keys(keyfile);
	unused = fd < 0 ? NULL : keyfile;
	return fd;
}

static void
lock_keys(int fd, const char *keyfile)
{
	if (file_lock(fd))
		return;
	if (errno != EWOULDBLOCK)
		die("%s: %s", keyfile, strerror(errno));
	unused = NULL; /* another has it */
	die("%s: locked by another program for 10 s; try again", keyfile);
}

/* False: another run has put its table in place of the one that was locked. */
static bool
check_keys(int fd, const char *keyfile)
{
	struct stat st;

	if (fstat(fd, &st) != 0)
		die("%s: %s", keyfile, strerror(errno));
	if (!S_ISREG(st.st_mode))
		die("%s: not a regular file", keyfile);
	if (!file_is_at(&st, keyfile))
		return false;
	if (st.st_mode & (S_IRWXG | S_IRWXO))
		die("%s: others can read this key table; chmod 600 %s", keyfile, keyfile);
	return true;
}

/*
 * What a run adds is in the table only at its end: until then the next one waits, or the codes of
 * one of them were lost.
 */
static int
hold_keys(const char *keyfile)
{
	for (;;) {
		const int fd = open_keys(keyfile);
		if (fd < 0)
			die("%s: %s", keyfile, strerror(errno));
		lock_keys(fd, keyfile);
		if (check_keys(fd, keyfile))
			return fd;
		unused = NULL;
		close(fd);
	}
}

struct deid *
deid_open(const struct deid_opts *opts)
{
	struct deid *d = xcalloc(1, sizeof *d);
	int copy;

	d->opts = *opts;
	d->patients = pool_new();
	d->taken = pool_new();
	d->texts = pool_new();
	d->passed = pool_new();
	if (atexit(take_away) != 0)
		die_no_memory();
	d->fd = hold_keys(opts->keyfile);
	copy = file_open(opts->keyfile, O_RDONLY | O_NOFOLLOW, 0);
	if (copy < 0)
		die("%s: %s", opts->keyfile, strerror(errno));
	read_keys(d, copy);
	return d;
}

/* What becomes of a profile row; all that is not named here is free text and left out. */
enum profile_fate { FATE_KEEP, FATE_YEAR, FATE_DATE, FATE_TARGET };

static const struct {
	const char *item;
	enum profile_fate fate;
} profile_fates[] = {
	{ "condition", FATE_KEEP },
	{ "limit", FATE_KEEP },
	{ "approach", FATE_KEEP },
	{ "irritability", FATE_KEEP },
	{ "equipment", FATE_KEEP },
	{ "minutes", FATE_KEEP },
	{ "exercises", FATE_KEEP },
	{ "language", FATE_KEEP },
	{ "status", FATE_KEEP },
	{ "goal", FATE_TARGET },
	{ "birth-year", FATE_YEAR },
	{ "onset", FATE_DATE },
};

static bool
cap_year(struct deid *d, struct entry *e)
{
	int year, month, dom;
	double born;

	if (num_read(e->text, false, &born) != NUM_OK)
		return false;
	day_parts(d->opts.today, &year, &month, &dom);
	if (born < year - OLDEST)
		born = year - OLDEST;
	e->text = (struct slice){ d->year, num_write(d->year, born) };
	return true;
}

static bool
shift_date(struct deid *d, struct entry *e, int days)
{
	struct when when;
	struct str why = STR_INIT;
	const bool good = date_read(e->text, DATE_YMD, &when, &why);

	str_free(&why);
	if (good)
		e->text = (struct slice){ d->date, day_write(d->date, when.day - days) };
	return good;
}

/* An ending goal too: "not" and a target. */
static bool
is_target(const struct deid *d, struct slice text)
{
	takes_away(&text);
	return d->opts.is_target(d->opts.catalogue, text);
}

static bool
profile_row(struct deid *d, struct entry *e, int days)
{
	for (size_t i = 0; i < LENGTH(profile_fates); i++) {
		if (!slice_eq(e->item, profile_fates[i].item))
			continue;
		switch (profile_fates[i].fate) {
		case FATE_KEEP:
			return true;
		case FATE_YEAR:
			return cap_year(d, e);
		case FATE_DATE:
			return shift_date(d, e, days);
		case FATE_TARGET:
			return is_target(d, e->text);
		}
	}
	return false;
}

/*
 * Every run of words that could be an id is remembered, for the proof at the end.  The runs are
 * in the spelling of items, since an id in the wrong column is there in small letters.  A part
 * that is only a number says nothing: 90-90-hold names no patient 90.
 */
static void
remember_runs(struct deid *d, struct slice words, bool number)
{
	for (size_t start = 0; start < words.n; start++) {
		if (start > 0 && strchr("-., /", words.s[start - 1]) == NULL)
			continue;
		bool letters = false;
		for (size_t n = 1; start + n <= words.n && n <= LONGEST_ID; n++) {
			const char c = words.s[start + n - 1];
			letters |= c != '-' && (c < '0' || c > '9');
			if (start + n < words.n && strchr("-., /", words.s[start + n]) == NULL)
				continue;
			if (letters || (number && n == words.n))
				pool_add(d->passed, words.s + start, n);
		}
	}
}

static void
remember(struct deid *d, struct slice text, bool number)
{
	struct str words = STR_INIT;

	if (text.n == 0 || pool_find(d->texts, text.s, text.n) != POOL_NONE)
		return;
	pool_add(d->texts, text.s, text.n);
	id_normalise(text, &words);
	remember_runs(d, (struct slice){ str_text(&words), words.n }, number);
	str_free(&words);
}

bool
deid_row(struct deid *d, struct entry *e)
{
	const struct code *code = code_of(d, e->patient);
	const int days = 7 * code->weeks;

	if (e->kind == KIND_NOTE)
		return false;
	if (e->kind == KIND_VOID) /* it names its row by what may not leave */
		die("a row is taken back: ptlog --net FILE | ptlog --deidentify %s",
		        d->opts.keyfile);
	if (e->kind == KIND_PROFILE && !profile_row(d, e, days))
		return false;
	e->patient = slice_of(code->text);
	e->date = (struct when){ e->date.day - days, NO_TIME };
	e->note = e->recorded = SLICE("");
	if (e->kind != KIND_PROFILE) /* numbers are in e->value */
		e->text = SLICE("");
	if (e->rule.n > 0 && !cat_has_rule(d->opts.catalogue, e->rule)) /* anybody's word */
		e->rule = SLICE("");
	remember(d, e->item, true);
	remember(d, e->text, false); /* 20 minutes, and no patient 20 */
	remember(d, e->rule, false);
	return true;
}

static void
prove(const struct deid *d)
{
	struct str id = STR_INIT;

	for (uint32_t i = 0; i < pool_count(d->patients); i++) {
		id_normalise(slice_of(pool_text(d->patients, i)), &id);
		if (pool_find(d->passed, str_text(&id), id.n) != POOL_NONE)
			die("a patient's id stands in an item, a value or a rule: do not share "
			    "this output");
	}
	str_free(&id);
}

static void
write_keys(const struct deid *d, struct csvout *out)
{
	csvout_text(out, "patient");
	csvout_text(out, "code");
	csvout_text(out, "weeks");
	csvout_end(out);
	for (uint32_t i = 0; i < d->codes; i++) {
		csvout_text(out, pool_text(d->patients, i));
		csvout_text(out, d->code[i].text);
		csvout_number(out, d->code[i].weeks);
		csvout_end(out);
	}
}

static void
save(const struct deid *d)
{
	struct str name = STR_INIT, table = STR_INIT;
	struct csvout *out = csvout_to_str(&table, ',');
	int fd;

	write_keys(d, out);
	csvout_close(out);
	if ((fd = file_make(&name, d->opts.keyfile)) < 0)
		die("%s: %s", str_text(&name), strerror(errno));
	if (!file_write(fd, table.s, table.n) || !file_sync(fd) || !file_close(fd) ||
	        !file_rename(str_text(&name), d->opts.keyfile) ||
	        !file_sync_folder(d->opts.keyfile)) {
		const int error = errno;
		unlink(str_text(&name));
		die("%s: %s", d->opts.keyfile, strerror(error));
	}
	unused = NULL;
	str_free(&name);
	str_free(&table);
}

void
deid_close(struct deid *d)
{
	prove(d);
	save(d);
	close(d->fd); /* of the old table: nothing was written there */
	pool_free(d->patients);
	pool_free(d->taken);
	pool_free(d->texts);
	pool_free(d->passed);
	free(d->code);
	free(d);
}
