#include "domain/store.h"

#include <stdlib.h>

#include "base/mem.h"
#include "log/asked.h"

/* Texts that one patient's rows left behind; beyond this they are dropped between patients. */
#define GROUPED_TEXTS 4096

struct store *
store_new(const struct store_opts *opts)
{
	struct store *s = xcalloc(1, sizeof *s);

	s->opts = *opts;
	s->texts.items = pool_new();
	s->texts.texts = pool_new();
	s->texts.notes = opts->notes;
	s->patients = pool_new();
	s->last = POOL_NONE;
	return s;
}

static uint32_t
person_of(struct store *s, uint64_t hash, struct slice patient)
{
	uint32_t id = pool_add_hashed(s->patients, hash, patient.s, patient.n);

	if (id == s->persons) {
		GROW(s->person, s->persons_cap, s->persons);
		s->person[s->persons++] = (struct person){ .wanted = !store_is_choosy(s) ||
			        cli_list_has(s->opts.patients, patient) };
	}
	return id;
}

/* The patient of a row; neighbouring rows mostly share it. */
static uint32_t
patient_of(struct store *s, struct slice patient)
{
	if (s->last != POOL_NONE &&
	        slice_is(patient, (struct slice){ s->last_text.s, s->last_text.n }))
		return s->last;
	return person_of(s, pool_prefetch(s->patients, patient.s, patient.n), patient);
}

static void
set_last(struct store *s, uint32_t id, struct slice patient)
{
	if (id == s->last)
		return;
	s->last = id;
	str_reset(&s->last_text);
	str_add(&s->last_text, patient.s, patient.n);
}

/* Hands one patient's rows over as a history; a patient without any is passed by. */
static void
hand_over(struct store *s, uint32_t id, const uint32_t *index, const struct store_opts *how)
{
	const struct person *p = &s->person[id];
	struct history h = { .patient = pool_text(s->patients, id),
		.rejected = p->rejected,
		.pool = s->texts.texts };

	if (p->rows == 0) /* all of this patient's rows were rejected */
		return;
	assemble(&s->assembly, &s->texts, (struct patient_rows){ s->row, index, p->rows },
	        how->order, how->asof, &h);
	if (h.n)
		how->each(&h, how->context);
}

static void
forget_rows(struct store *s)
{
	s->n = 0;
	s->texts.n_wide = 0;
	if (pool_count(s->texts.texts) > GROUPED_TEXTS) {
		pool_free(s->texts.texts);
		s->texts.texts = pool_new();
	}
}

/* The end of one patient's rows, with grouped. */
static void
finish_patient(struct store *s)
{
	if (s->last == POOL_NONE || s->person[s->last].done)
		return;
	s->person[s->last].done = true;
	if (s->person[s->last].wanted)
		hand_over(s, s->last, NULL, &s->opts);
	forget_rows(s);
}

static _Noreturn void
came_back(const struct store *s)
{
	static const char hint[] = "the rows of one patient do not stand together: "
	                           "ptlog --sort patient first, or leave out --grouped";

	if (s->at)
		die("%s:%ld: patient: %s", s->at->file, s->at->record.line, hint);
	die("%s", hint);
}

/* Finds the patients of the visits that wait, and gives them their rows. */
static void
find_visitors(struct store *s)
{
	size_t to = s->n;

	for (size_t i = 0; i < s->visits; i++) {
		struct visit *v = &s->visit[i];
		v->id = person_of(s, v->hash, (struct slice){ v->patient, v->n });
		__builtin_prefetch(&s->person[v->id]);
	}
	for (size_t i = s->visits; i-- > 0; to = s->visit[i].from) {
		const struct visit *v = &s->visit[i];
		s->person[v->id].rows += (uint32_t)(to - v->from);
		for (size_t k = v->from; k < to; k++)
			s->row[k].patient = v->id;
	}
	s->visits = 0;
}

static bool
goes_on(const struct visit *v, struct slice patient)
{
	return slice_is(patient, (struct slice){ v->patient, v->n });
}

/* Any patient's. */
static void
open_visit(struct store *s, struct slice patient)
{
	struct visit *v;

	if (s->visits > 0 && goes_on(&s->visit[s->visits - 1], patient))
		return;
	if (s->visits == VISITS)
		find_visitors(s);
	v = &s->visit[s->visits++];
	v->from = s->n;
	v->n = (unsigned char)patient.n;
	memcpy(v->patient, patient.s, patient.n);
	v->hash = pool_prefetch(s->patients, v->patient, v->n);
}

bool
store_visit(struct store *s, struct slice patient)
{
	uint32_t id;

	if (!s->opts.grouped && !store_is_choosy(s)) {
		open_visit(s, patient);
		return true;
	}
	id = patient_of(s, patient);
	if (s->opts.grouped && id != s->last) {
		finish_patient(s);
		if (s->person[id].done)
			came_back(s);
	}
	set_last(s, id, patient);
	return s->person[id].wanted;
}

void
store_row(struct store *s, struct packed row)
{
	if (s->n == UINT32_MAX - 1)
		die("more than %zu rows: use --grouped, or divide the log with ptlog --shard",
		        s->n);
	GROW(s->row, s->cap, s->n);
	s->row[s->n] = row;
	if (s->visits == 0) {
		s->row[s->n].patient = s->last;
		s->person[s->last].rows++;
	}
	s->n++;
}

bool
store_is_later(const struct store *s, const struct entry *e)
{
	return e->date.day > s->opts.asof && e->kind != KIND_VOID && e->kind != KIND_TRIAL;
}

void
store_share(struct store *s, const struct store_share *share)
{
	s->share = *share;
}

void
store_add(struct store *s, const struct entry *e)
{
	if (!store_visit(s, e->patient))
		return;
	s->later += store_is_later(s, e);
	store_row(s, pack(&s->texts, POOL_NONE, e));
}

void
store_reject(struct store *s, struct slice patient)
{
	uint32_t id;

	if (patient.n == 0)
		return;
	find_visitors(s);
	id = patient_of(s, patient); /* may move the persons */
	if (s->opts.grouped && s->person[id].done)
		came_back(s);
	s->person[id].rejected = true;
}

size_t
store_rejected(const struct store *s)
{
	size_t n = 0;

	for (size_t i = 0; i < s->persons; i++)
		n += s->person[i].rejected;
	return n;
}

/* Each row's place behind those of the same patient before it, patients in their order. */
static void
build_index(struct store *s)
{
	uint32_t start = 0;

	for (size_t i = 0; i < s->persons; i++) {
		struct person *p = &s->person[s->ordered[i]];
		p->start = start;
		start += p->rows;
	}
	s->index = xreallocarray(NULL, s->n ? s->n : 1, sizeof *s->index);
	for (size_t i = 0; i < s->n; i++)
		s->index[s->person[s->row[i].patient].start++] = (uint32_t)i;
	for (size_t i = 0; i < s->persons; i++)
		s->person[i].start -= s->person[i].rows;
}

/* A patient's id and its first bytes as a number, which mostly decide the order. */
struct name {
	uint64_t head;
	uint32_t id;
};

static struct name
name_of(const struct pool *patients, uint32_t id)
{
	const unsigned char *text = (const unsigned char *)pool_text(patients, id);
	struct name name = { 0, id };

	for (size_t i = 0; i < sizeof name.head; i++) {
		name.head = name.head << 8 | *text;
		text += *text != '\0';
	}
	return name;
}

static int
compare_names(const void *a, const void *b, void *context)
{
	const struct name *x = a, *y = b;
	const struct pool *patients = context;

	if (x->head != y->head)
		return x->head < y->head ? -1 : 1;
	return strcmp(pool_text(patients, x->id), pool_text(patients, y->id));
}

static void
order_patients(struct store *s)
{
	struct name *name = xreallocarray(NULL, s->persons ? s->persons : 1, sizeof *name);

	s->ordered = xreallocarray(NULL, s->persons ? s->persons : 1, sizeof *s->ordered);
	for (size_t i = 0; i < s->persons; i++)
		name[i] = name_of(s->patients, (uint32_t)i);
	qsort_r(name, s->persons, sizeof *name, compare_names, s->patients);
	for (size_t i = 0; i < s->persons; i++)
		s->ordered[i] = name[i].id;
	free(name);
}

void
store_seal(struct store *s)
{
	if (s->index)
		return;
	find_visitors(s);
	order_patients(s);
	build_index(s);
}

/* The rows of a patient lie all over the memory: they are called for while those before are used.
 */
static void
prefetch(const struct store *s, uint32_t id)
{
	const struct person *p = &s->person[id];

	for (uint32_t i = 0; i < p->rows && i < 256; i++) {
		const struct packed *row = &s->row[s->index[p->start + i]];
		__builtin_prefetch(row);
		__builtin_prefetch((const char *)(row + 1) - 1);
	}
}

void
store_give(struct store *s, size_t i, const struct store_opts *how)
{
	const uint32_t id = s->ordered[i];

	if (i + 1 < s->persons)
		prefetch(s, s->ordered[i + 1]);
	if (s->person[id].wanted)
		hand_over(s, id, s->index + s->person[id].start, how);
}

void
store_each(struct store *s, enum row_order order, int asof,
        void (*each)(const struct history *h, void *context), void *context)
{
	const struct store_opts how = {
		.order = order, .asof = asof, .each = each, .context = context
	};

	store_seal(s);
	for (size_t i = 0; i < s->persons; i++)
		store_give(s, i, &how);
}

void
store_say_later(const struct store *s)
{
	char day[DATE_TEXT];
	size_t n = day_write(day, s->opts.asof);

	if (s->later == 0)
		return;
	diag_note("%ld row%s after %.*s %s not used", s->later, s->later == 1 ? "" : "s", (int)n,
	        day, s->later == 1 ? "is" : "are");
}

void
store_end(struct store *s)
{
	find_visitors(s);
	if (s->opts.grouped)
		finish_patient(s);
	else if (s->opts.each)
		store_give_all(s);
	if (!s->opts.later_unsaid)
		store_say_later(s);
	if (store_is_choosy(s))
		asked_patients_missing(s->opts.patients, s->patients);
}

size_t
store_patients(const struct store *s)
{
	size_t n = 0;

	for (size_t i = 0; i < s->persons; i++)
		n += s->person[i].wanted && s->person[i].rows > 0;
	return n;
}

bool
store_asked_in_vain(const struct store *s)
{
	for (size_t i = 0; i < s->persons; i++)
		if (s->person[i].wanted)
			return false;
	return store_is_choosy(s);
}

void
store_free(struct store *s)
{
	if (!s)
		return;
	pool_free(s->texts.items);
	pool_free(s->texts.texts);
	pool_free(s->patients);
	str_free(&s->last_text);
	free(s->texts.wide);
	free(s->person);
	free(s->row);
	free(s->index);
	free(s->ordered);
	assembly_free(&s->assembly);
	free(s);
}

/* Who stands in another table alone is no unknown patient of -p. */
static void
name_patient(struct store *s, const struct row *row)
{
	const int column = store_is_choosy(s) ? header_column(row->header, "patient") : -1;

	if (column >= 0 && (size_t)column < row->record.n && row->record.field[column].n)
		patient_of(s, row->record.field[column]);
}

void
store_read(struct store *s, struct reader *r,
        void (*other)(enum reader_got got, const struct row *row, void *context), void *context)
{
	struct ahead *ahead = store_ahead(s, r);
	const struct entry *e;
	enum reader_got got;

	while ((got = ahead_next(ahead, &e, &s->at)) != READ_END) {
		if (got == READ_ENTRY)
			store_add(s, e);
		else if (got == READ_REJECTED)
			store_reject(s, e->patient);
		else if (got == READ_ROW)
			name_patient(s, s->at);
		if (other && (got == READ_HEADER || got == READ_ROW))
			other(got, s->at, context);
	}
	s->at = NULL;
	store_ahead_end(s, ahead);
}
