/* Histories: packed rows give back what was put in; voids, order, the day of the table. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <cmocka.h>

#include <stdio.h>

#include "base/cli.h"
#include "base/mem.h"
#include "domain/history.h"
#include "domain/packed.h"

static struct entry
row(const char *patient, int day, int minute, enum kind kind, const char *item)
{
	struct entry e = ENTRY_INIT;

	e.date = (struct when){ day, minute };
	e.patient = slice_of(patient);
	e.kind = kind;
	e.item = slice_of(item);
	return e;
}

static bool
same_number(double a, double b)
{
	return a == b || (!known(a) && !known(b));
}

static void
assert_kept(const struct entry *e)
{
	struct packed_texts texts = { .items = pool_new(), .texts = pool_new(), .notes = true };
	struct packed p = pack(&texts, 0, e);
	struct entry out;

	unpack(&texts, &p, &out);
	assert_int_equal(out.date.day, e->date.day);
	assert_int_equal(out.date.minute, e->date.minute);
	assert_int_equal(out.kind, e->kind);
	assert_int_equal(out.side, e->side);
	assert_int_equal(out.decision, e->decision);
	assert_true(slice_is(out.item, e->item));
	assert_true(slice_is(out.text, e->text));
	assert_true(slice_is(out.rule, e->rule));
	assert_true(slice_is(out.note, e->note));
	assert_true(same_number(out.value, e->value));
	for (enum column c = FIRST_NUMBER; c <= LAST_NUMBER; c++)
		assert_true(same_number(entry_number_of(&out, c), entry_number_of(e, c)));
	pool_free(texts.items);
	pool_free(texts.texts);
	free(texts.wide);
}

static void
rows_stay_small(void **state)
{
	(void)state;
	assert_true(sizeof(struct packed) <= 40);
}

/* Every kind, with numbers at and beyond the edge of the packed form. */
static void
packing_is_exact(void **state)
{
	const double numbers[] = { UNKNOWN, 0, 1, 0.5, 0.1, 0.001, 2.25, 3.3, 11.34, 19.958, 25.4,
		25.5, 65.535, 254, 255, 256, 6553.5, 65534, 65535, 65536, 1.0 / 3, 1e-9,
		4294967.295, 5e9, 123456.789 };

	(void)state;
	for (enum kind k = 0; k < KIND_COUNT; k++)
		for (size_t i = 0; i < LENGTH(numbers); i++) {
			struct entry e = row("P1", 20000 + (int)i, (int)i - 1, k, "sit-to-stand");
			assert_kept(&e);
			e.value = numbers[i];
			assert_kept(&e);
			e.side = SIDE_BOTH;
			e.decision = DECISION_REVIEW;
			for (enum column c = FIRST_NUMBER; c <= LAST_NUMBER; c++) {
				struct entry one = e;
				*entry_number(&one, c) = numbers[i];
				assert_kept(&one);
				*entry_number(&e, c) = numbers[i];
			}
			e.text = slice_of("not knee-oa");
			e.rule = slice_of("pain-low");
			e.note = slice_of("a note, of course");
			assert_kept(&e);
		}
}

/* What clinics record all day needs no memory beside the row. */
static void
measures_with_pain_stay_small(void **state)
{
	struct packed_texts texts = { .items = pool_new(), .texts = pool_new() };
	struct entry e = row("P1", 20000, NO_TIME, KIND_MEASURE, "tug");

	(void)state;
	e.value = 12.34;
	e.pain_before = 3;
	e.pain_after = 2.5;
	e.rpe = 7;
	pack(&texts, 0, &e);
	assert_int_equal(texts.n_wide, 0);
	e.load_kg = 5; /* stands in the place of the value */
	pack(&texts, 0, &e);
	assert_int_equal(texts.n_wide, 1);
	pool_free(texts.items);
	pool_free(texts.texts);
	free(texts.wide);
}

/* What a store gave: patients one after the other, each with the items of its rows. */
struct seen {
	struct str text;
	size_t later;
};

static void
look(const struct history *h, void *context)
{
	struct seen *seen = context;

	str_addf(&seen->text, "%s%s:", h->patient, h->rejected ? "!" : "");
	for (size_t i = 0; i < h->n; i++)
		str_addf(&seen->text, " %s", h->row[i].item.s);
	str_puts(&seen->text, "; ");
	seen->later += h->later;
}

static void
assert_histories(struct store_opts opts, const struct entry *rows, size_t n, const char *expected)
{
	struct seen seen = { STR_INIT, 0 };
	struct store *s;

	opts.each = look;
	opts.context = &seen;
	if (!opts.asof)
		opts.asof = DAY_MAX;
	s = store_new(&opts);
	for (size_t i = 0; i < n; i++)
		store_add(s, &rows[i]);
	store_end(s);
	assert_string_equal(str_text(&seen.text), expected);
	store_free(s);
	str_free(&seen.text);
}

static void
patients_in_order(void **state)
{
	const struct entry rows[] = { row("P9", 3, NO_TIME, KIND_EXERCISE, "a"),
		row("P10", 1, NO_TIME, KIND_EXERCISE, "b"),
		row("P9", 1, NO_TIME, KIND_EXERCISE, "c"),
		row("P10", 0, NO_TIME, KIND_EXERCISE, "d") };
	const struct entry apart[] = { rows[0], rows[2], rows[1], rows[3] };

	(void)state;
	assert_histories((struct store_opts){ 0 }, rows, LENGTH(rows), "P10: d b; P9: c a; ");
	assert_histories((struct store_opts){ .grouped = true }, apart, LENGTH(apart),
	        "P9: c a; P10: d b; ");
}

#define PATIENTS 500
#define VISITS 7

struct many {
	char last[32];
	size_t patients;
};

static void
count_rows(const struct history *h, void *context)
{
	struct many *m = context;

	assert_true(strcmp(m->last, h->patient) < 0);
	snprintf(m->last, sizeof m->last, "%s", h->patient);
	assert_int_equal(h->n, 2 * VISITS);
	for (size_t i = 0; i < h->n; i++)
		assert_string_equal(h->row[i].item.s, h->patient);
	m->patients++;
}

/* Each has visits of two rows; ids alike in their first bytes. */
static void
many_patients(void **state)
{
	struct many m = { "", 0 };
	struct store_opts opts = { .each = count_rows, .context = &m, .asof = DAY_MAX };
	struct store *s = store_new(&opts);
	char id[32];

	(void)state;
	for (int i = 0; i < 2 * VISITS * PATIENTS; i++) {
		const int k = i / 2 * 7 % PATIENTS;
		snprintf(id, sizeof id, "clinic-%s%d", k % 3 ? "" : "north-", k);
		struct entry e = row(id, i, NO_TIME, KIND_EXERCISE, id);
		store_add(s, &e);
		if (i % 1000 == 0)
			store_reject(s, slice_of("clinic-1"));
	}
	store_end(s);
	assert_int_equal(m.patients, PATIENTS);
	assert_int_equal(store_rejected(s), 1);
	store_free(s);
}

static void
order_of_a_day(void **state)
{
	const struct entry rows[] = { row("P1", 5, 600, KIND_EXERCISE, "ten"),
		row("P1", 5, 480, KIND_EXERCISE, "eight"), row("P1", 5, NO_TIME, KIND_PLAN, "plan"),
		row("P1", 5, 600, KIND_EXERCISE, "ten-again"),
		row("P1", 5, NO_TIME, KIND_EXERCISE, "untimed") };

	(void)state;
	assert_histories((struct store_opts){ .order = ORDER_TIME }, rows, LENGTH(rows),
	        "P1: plan untimed eight ten ten-again; ");
	assert_histories((struct store_opts){ .order = ORDER_PLACE }, rows, LENGTH(rows),
	        "P1: ten eight plan ten-again untimed; ");
}

static void
later_rows_and_trials(void **state)
{
	const struct entry rows[] = { row("P1", 5, NO_TIME, KIND_EXERCISE, "a"),
		row("P1", 5, NO_TIME, KIND_TRIAL, "trial"), row("P1", 6, 0, KIND_EXERCISE, "b"),
		row("P1", 7, NO_TIME, KIND_EXERCISE, "c"), row("P2", 9, NO_TIME, KIND_NOTE, "") };

	(void)state;
	assert_histories((struct store_opts){ .asof = 6 }, rows, LENGTH(rows), "P1: a b; ");
}

static void
voids(void **state)
{
	struct entry a = row("P1", 5, NO_TIME, KIND_EXERCISE, "a"), v = a, b = a;
	struct entry other = row("P2", 5, NO_TIME, KIND_EXERCISE, "a");
	struct entry measure = row("P1", 6, NO_TIME, KIND_MEASURE, "nprs");
	struct entry taken = row("P1", 6, NO_TIME, KIND_VOID, "nprs");
	struct entry late = row("P1", 5, NO_TIME, KIND_VOID, "a");

	(void)state;
	v.kind = KIND_VOID;
	b.item = slice_of("b");
	a.reps = 100;
	v.reps = 100;
	measure.value = 8.5;
	taken.text = slice_of("8.50");
	{
		const struct entry rows[] = { other, a, b, v };
		assert_histories((struct store_opts){ 0 }, rows, 4, "P1: b; P2: a; ");
	}
	{ /* the newest earlier one; each void takes one; a second finds nothing more */
		const struct entry rows[] = { a, a, b, v };
		assert_histories((struct store_opts){ 0 }, rows, 4, "P1: a b; ");
	}
	{
		const struct entry rows[] = { a, v, v, a };
		assert_histories((struct store_opts){ 0 }, rows, 4, "P1: a; ");
	}
	{
		const struct entry rows[] = { measure, taken, b };
		assert_histories((struct store_opts){ 0 }, rows, 3, "P1: b; ");
	}
	{ /* place in the input counts, not the day; another time of day is another row */
		struct entry timed = a;
		timed.date.minute = 60;
		const struct entry rows[] = { timed, b, late };
		assert_histories((struct store_opts){ 0 }, rows, 3, "P1: a b; ");
	}
}

static void
chosen_patients(void **state)
{
	const struct entry rows[] = { row("P1", 5, NO_TIME, KIND_EXERCISE, "a"),
		row("P2", 5, NO_TIME, KIND_EXERCISE, "b") };
	struct cli_list chosen = CLI_LIST_INIT;

	(void)state;
	cli_list_add(&chosen, "-p", "P2");
	assert_histories((struct store_opts){ .patients = &chosen }, rows, 2, "P2: b; ");
	cli_list_free(&chosen);
}

static void
rejected_rows(void **state)
{
	struct seen seen = { STR_INIT, 0 };
	struct store_opts opts = { .each = look, .context = &seen, .asof = DAY_MAX };
	struct store *s = store_new(&opts);
	struct entry e = row("P1", 5, NO_TIME, KIND_EXERCISE, "a");

	(void)state;
	store_add(s, &e);
	store_reject(s, slice_of("P1"));
	store_reject(s, slice_of("P3"));
	store_reject(s, slice_of(""));
	store_end(s);
	assert_string_equal(str_text(&seen.text), "P1!: a; ");
	assert_int_equal(store_patients(s), 1);
	store_free(s);
	str_free(&seen.text);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rows_stay_small),
		cmocka_unit_test(packing_is_exact),
		cmocka_unit_test(measures_with_pain_stay_small),
		cmocka_unit_test(patients_in_order),
		cmocka_unit_test(many_patients),
		cmocka_unit_test(order_of_a_day),
		cmocka_unit_test(later_rows_and_trials),
		cmocka_unit_test(voids),
		cmocka_unit_test(chosen_patients),
		cmocka_unit_test(rejected_rows),
	};
	return cmocka_run_group_tests_name("history", tests, NULL, NULL);
}
