/* Look-ups of the built-in catalogue, and a folder's rows over it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <wctype.h>

#include "base/diag.h"
#include "base/utf8.h"
#include "catalogue/index.h"
#include "catalogue/load.h"

#define ID(text) slice_of(text)

static const char *
normal(const char *text)
{
	static struct str out;

	id_normalise(ID(text), &out);
	return str_text(&out);
}

static void
test_normalise(void **state)
{
	(void)state;
	assert_string_equal(normal("Sit to Stand"), "sit-to-stand");
	assert_string_equal(normal("  5xSTS "), "5xsts");
	assert_string_equal(normal("heel__raise"), "heel-raise");
	assert_string_equal(
	        normal("Bench Press - Close Grip (Barbell)"), "bench-press-close-grip-(barbell)");
	assert_string_equal(normal("BR\u00dcCKE"), "br\u00fccke");
	assert_string_equal(normal("\u0141\u00d3D\u017b"), "\u0142\u00f3d\u017c");
	assert_string_equal(normal("\u0391\u03a3\u039a\u0397\u03a3\u0397"),
	        "\u03b1\u03c3\u03ba\u03b7\u03c3\u03b7");
	assert_string_equal(
	        normal("\u041c\u041e\u0421\u0422\u0401"), "\u043c\u043e\u0441\u0442\u0451");
	assert_string_equal(normal("a\u00a0b"), "a-b");
	assert_string_equal(normal("\u00d7\u00f7"), "\u00d7\u00f7");
	assert_string_equal(normal(""), "");
	assert_string_equal(normal("___"), "");
}

/* Letters with their small ones as the C library has them. */
static void
test_small_letters(void **state)
{
	static const uint32_t ranges[][2] = { { 0xc0, 0x12f }, { 0x131, 0x17f }, { 0x200, 0x21f },
		{ 0x222, 0x233 }, { 0x386, 0x3a1 }, { 0x3a3, 0x3ab }, { 0x400, 0x52f },
		{ 0x1e00, 0x1e95 }, { 0x1e9e, 0x1eff } };
	locale_t unicode = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);

	(void)state;
	assert_true(unicode != (locale_t)0);
	for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++)
		for (uint32_t c = ranges[i][0]; c <= ranges[i][1]; c++) {
			char big[5] = "", small[5] = "";

			utf8_encode(big, c);
			utf8_encode(small, (uint32_t)towlower_l((wint_t)c, unicode));
			assert_string_equal(normal(big), small);
		}
	freelocale(unicode);
}

static void
test_normal_stays_normal(void **state)
{
	const struct catalogue *c = catalogue_builtin();
	char *once;

	(void)state;
	for (size_t t = 0; t < CAT_TABLES; t++)
		for (const char *const *name = cat_names(c, cat_tables[t].name); *name; name++) {
			once = strdup(normal(*name));
			assert_string_equal(once, *name);
			assert_string_equal(normal(once), once);
			free(once);
		}
}

static void
test_every_id_is_found(void **state)
{
	const struct catalogue *c = catalogue_builtin();

	(void)state;
	for (size_t i = 0; i < c->n_exercises; i++)
		assert_ptr_equal(cat_exercise(c, ID(c->exercises[i].id)), &c->exercises[i]);
	for (size_t i = 0; i < c->n_measures; i++)
		assert_ptr_equal(cat_measure(c, ID(c->measures[i].id)), &c->measures[i]);
	for (size_t i = 0; i < c->n_medicines; i++)
		assert_ptr_equal(cat_medicine(c, ID(c->medicines[i].id)), &c->medicines[i]);
	for (size_t i = 0; i < c->n_findings; i++)
		assert_ptr_equal(cat_finding(c, ID(c->findings[i].id)), &c->findings[i]);
	for (size_t i = 0; i < c->n_redflags; i++)
		assert_ptr_equal(cat_redflag(c, ID(c->redflags[i].id)), &c->redflags[i]);
	for (size_t i = 0; i < c->n_limits; i++)
		assert_ptr_equal(cat_limit(c, ID(c->limits[i].id)), &c->limits[i]);
	for (size_t i = 0; i < c->n_rules; i++)
		assert_ptr_equal(cat_rule(c, ID(c->rules[i].id)), &c->rules[i]);
}

static void
test_names_and_aliases(void **state)
{
	static const char *const same[][2] = {
		{ "Sit to Stand", "sit-to-stand" },
		{ "Sit to stand without arms", "sit-to-stand" },
		{ "Kniebeuge", "mini-squat" },
		{ "BR\u00dcCKE", "bridge" },
		{ "Heel Raises", "standing-heel-raise" },
		{ "sentadillas", "mini-squat" },
		{ "Aufstehen ohne Arme", "sit-to-stand" },
		{ "pont fessier", "bridge" },
		{ "bruggetje", "bridge" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof same / sizeof *same; i++) {
		const struct exercise *e = cat_exercise(catalogue_builtin(), ID(same[i][0]));

		assert_non_null(e);
		assert_string_equal(e->id, same[i][1]);
	}
	assert_string_equal(cat_measure(catalogue_builtin(), ID("TUG"))->id, "tug");
	assert_string_equal(cat_measure(catalogue_builtin(), ID("Timed up and go"))->id, "tug");
	assert_string_equal(
	        cat_medicine(catalogue_builtin(), ID("Acetaminophen"))->id, "paracetamol");
	assert_string_equal(cat_condition(catalogue_builtin(), ID("Gonarthrose"))->id, "knee-oa");
	assert_null(cat_exercise(catalogue_builtin(), ID("sit-to-stan")));
	assert_null(cat_exercise(catalogue_builtin(), ID("")));
	assert_null(cat_exercise(catalogue_builtin(), ID("sit-to-stand ,")));
	assert_string_equal(cat_finding(catalogue_builtin(), ID("Sturz"))->id, "fall");
}

/* A sheet prints names, and what is printed is what will be typed. */
static void
test_danger_signs_and_findings_by_any_name(void **state)
{
	static const char *const signs[][2] = {
		{ "Cauda equina", "saddle-numbness" },
		{ "DVT", "dvt-signs" },
		{ "Schlaganfall", "stroke-signs" },
		{ "heart attack", "chest-pain" },
		{ "ideaci\u00f3n suicida", "suicidal-thoughts" },
	};
	const struct catalogue *c = catalogue_builtin();

	(void)state;
	for (size_t i = 0; i < c->n_redflags; i++) {
		const struct redflag *f = &c->redflags[i];

		assert_ptr_equal(cat_redflag(c, ID(f->name.text)), f);
		for (const struct wording *w = f->name.in; w->lang; w++)
			assert_ptr_equal(cat_redflag(c, ID(w->text)), f);
		/* Unknown signs are urgent: a common name must not make one routine. */
		assert_true(f->urgency != REFER_ROUTINE || list_length(f->aliases) == 0);
	}
	for (size_t i = 0; i < c->n_findings; i++)
		assert_ptr_equal(cat_finding(c, ID(c->findings[i].name.text)), &c->findings[i]);
	for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
		assert_string_equal(cat_redflag(c, ID(signs[i][0]))->id, signs[i][1]);
}

static void
test_tables_have_one_name(void **state)
{
	(void)state;
	for (size_t i = 0; i < CAT_TABLES; i++)
		assert_string_equal(cat_tables[i].name, catalogue_table_names[i]);
	assert_null(catalogue_table_names[CAT_TABLES]);
	assert_null(cat_names(catalogue_builtin(), "exercise"));
}

static void
test_facts(void **state)
{
	const struct catalogue *c = catalogue_builtin();
	const struct exercise *bridge = cat_exercise(c, ID("bridge"));

	(void)state;
	assert_true(bridge->unit == UNIT_REPS && bridge->sided == SIDED_NO);
	assert_true(
	        bridge->start_reps == 8 && bridge->start_seconds == 3 && bridge->max_reps == 15);
	assert_string_equal(bridge->easier, "glute-set");
	assert_true(list_has(bridge->contraindications, "pregnancy-no-supine"));
	assert_int_equal(list_length(bridge->equipment), 1);
	assert_int_equal(list_length(cat_exercise(c, ID("glute-set"))->equipment), 0);
	assert_true(cat_medicine(c, ID("fentanyl-patch"))->factor == 2.4);
	assert_false(known(cat_medicine(c, ID("morphine"))->max_usual_daily));
	assert_false(known(cat_measure(c, ID("csi"))->mcid));
	assert_true(cat_measure(c, ID("womac-pain"))->mcid_kind == MCID_PERCENT);
	assert_true(cat_measure(c, ID("eq5d-index"))->min == -0.6);
	assert_true(cat_redflag(c, ID("chest-pain"))->urgency == REFER_EMERGENCY);
	assert_true(cat_redflag(c, ID("low-mood"))->urgency == REFER_ROUTINE);
	assert_true(cat_setting(c, "plan-days") == 28);
	assert_string_equal(c->rules[0].file, "src/catalogue/rules.csv");
	assert_int_equal(c->rules[0].line, 2);
}

static void
test_languages(void **state)
{
	const struct catalogue *c = catalogue_builtin();
	const struct text plain = { "only English", no_wordings };
	bool missing = false;

	(void)state;
	for (size_t i = 0; i < c->n_exercises; i++) {
		text_in(&c->exercises[i].name, "de", &missing);
		text_in(&c->exercises[i].instruction, "de", &missing);
		text_in(&c->exercises[i].name, "es", &missing);
		text_in(&c->exercises[i].instruction, "es", &missing);
	}
	for (size_t i = 0; i < c->n_rules; i++) {
		text_in(&c->rules[i].note, "de", &missing);
		text_in(&c->rules[i].note, "es", &missing);
	}
	assert_false(missing);
	assert_string_equal(text_in(&plain, "de", &missing), "only English");
	assert_true(missing);
	missing = false;
	text_in(&plain, "en", &missing);
	text_in(&plain, NULL, &missing);
	assert_false(missing);
	assert_string_equal(cat_phrase(c, "light-green", "de"), "Grün");
	assert_string_equal(cat_phrase(c, "light-green", "xx"), "Green");
	assert_string_equal(cat_phrase(c, "no-such-phrase", "de"), "no-such-phrase");
}

static char dir_name[64], file_name[128]; /* empty: there is none */

static void
folder_remove(void)
{
	unlink(file_name);
	rmdir(dir_name);
	*dir_name = '\0';
}

/* A folder with this one table; its name is good until the next call. */
static const char *
folder(const char *table, const char *text)
{
	FILE *out;

	if (*dir_name)
		folder_remove();
	strcpy(dir_name, "/tmp/u-catalogue-XXXXXX");
	assert_non_null(mkdtemp(dir_name));
	snprintf(file_name, sizeof file_name, "%s/%s.csv", dir_name, table);
	out = fopen(file_name, "w");
	assert_non_null(out);
	assert_true(fputs(text, out) >= 0);
	assert_int_equal(fclose(out), 0);
	return dir_name;
}

static void
test_folder(void **state)
{
	const struct catalogue *c;
	const char *dir;

	(void)state;
	/* A known id changes the columns that are there. */
	dir = folder("exercises", "id,max_reps,name_it\nbridge,20,Ponte\n");
	c = catalogue_with(dir);
	assert_int_equal(c->n_exercises, catalogue_builtin()->n_exercises);
	assert_true(cat_exercise(c, ID("bridge"))->max_reps == 20);
	assert_true(cat_exercise(c, ID("bridge"))->start_reps == 8);
	assert_true(cat_exercise(catalogue_builtin(), ID("bridge"))->max_reps == 15);
	assert_string_equal(text_in(&cat_exercise(c, ID("bridge"))->name, "it", NULL), "Ponte");
	assert_string_equal(
	        text_in(&cat_exercise(c, ID("bridge"))->name, "de", NULL), "Br\u00fccke");
	assert_string_equal(cat_exercise(c, ID("PONTE"))->id, "bridge");
	assert_null(cat_exercise(catalogue_builtin(), ID("PONTE")));

	/* A new English text takes the old translations with it. */
	dir = folder("exercises", "id,name_de,name\nbridge,Hebebr\u00fccke,Lifted bridge\n");
	c = catalogue_with(dir);
	assert_string_equal(cat_exercise(c, ID("bridge"))->name.text, "Lifted bridge");
	assert_string_equal(
	        text_in(&cat_exercise(c, ID("bridge"))->name, "de", NULL), "Hebebr\u00fccke");
	assert_string_equal(
	        text_in(&cat_exercise(c, ID("bridge"))->name, "es", NULL), "Lifted bridge");

	/* A new id stands behind; a clinic's own measure is found by its name too. */
	dir = folder(
	        "measures", "id,name,unit,better,source\nlift-test,Lift test,kg,higher,Ours\n");
	c = catalogue_with(dir);
	assert_int_equal(c->n_measures, catalogue_builtin()->n_measures + 1);
	assert_string_equal(cat_measure(c, ID("Lift Test"))->id, "lift-test");
	assert_false(known(cat_measure(c, ID("lift-test"))->mcid));
	assert_int_equal(list_length(cat_measure(c, ID("lift-test"))->conditions), 0);

	dir = folder("settings", "id,value\nplan-days,42\n");
	c = catalogue_with(dir);
	assert_true(cat_setting(c, "plan-days") == 42);

	/* As a German spreadsheet writes it, with an empty column and an empty row. */
	dir = folder("settings", "\xef\xbb\xbfid;value;\r\nplan-days;42,5;\r\n;;\r\n");
	assert_true(cat_setting(catalogue_with(dir), "plan-days") == 42.5);

	/* A map of imports is replaced whole. */
	dir = folder(
	        "imports", "map,source,target,unit,value\nnl,Datum,date,,\nnl,Wie,patient,,\n");
	c = catalogue_with(dir);
	size_t nl = 0, de = 0;
	for (size_t i = 0; i < c->n_imports; i++) {
		nl += strcmp(c->imports[i].map, "nl") == 0;
		de += strcmp(c->imports[i].map, "de") == 0;
	}
	assert_int_equal(nl, 2);
	assert_true(de > 20);
	folder_remove();
	assert_int_equal(diag_rejected(), 0);
}

static void
test_import_map(void **state)
{
	const struct import_row *row;
	size_t n;

	(void)state;
	folder("map", "source,target\nTag,date\nWer,patient\nWas,item\n");
	row = catalogue_import_map(file_name, &n);
	assert_int_equal(n, 3);
	assert_string_equal(row[1].source, "Wer");
	assert_string_equal(row[1].target, "patient");
	assert_string_equal(row[1].unit, "");
	folder_remove();
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_normalise),
		cmocka_unit_test(test_small_letters),
		cmocka_unit_test(test_normal_stays_normal),
		cmocka_unit_test(test_every_id_is_found),
		cmocka_unit_test(test_names_and_aliases),
		cmocka_unit_test(test_danger_signs_and_findings_by_any_name),
		cmocka_unit_test(test_tables_have_one_name),
		cmocka_unit_test(test_facts),
		cmocka_unit_test(test_languages),
		cmocka_unit_test(test_folder),
		cmocka_unit_test(test_import_map),
	};

	diag_begin("u-catalogue");
	return cmocka_run_group_tests_name("catalogue", tests, NULL, NULL);
}
