#include "catalogue/load.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <strings.h>
#include <sys/stat.h>

#include "base/diag.h"
#include "base/mem.h"
#include "catalogue/check.h"
#include "catalogue/index.h"

/* A spreadsheet may write its own delimiter; tables are UTF-8. */
static const struct csvin_opts any_style;

/* The table's FILE; NULL: there is none, which a folder may lack and the build may not. */
static struct csvin *
open_file(const char *file, bool needed)
{
	struct stat st;
	struct csvin *in;

	if (stat(file, &st) == 0 && !S_ISREG(st.st_mode)) /* a pipe or a device might never end */
		die("%s: not a regular file", file);
	in = csvin_open(file, &any_style);
	if (!in && (needed || errno != ENOENT))
		die("%s: %s", file, strerror(errno));
	return in;
}

static const char *
file_of(const char *dir, const struct cat_table *t)
{
	struct str path = STR_INIT;
	const char *file;

	str_addf(&path, "%s/%s.csv", dir, t->name);
	file = keep_text((struct slice){ str_text(&path), path.n });
	str_free(&path);
	return file;
}

/* A file that is no table is a typo: rule.csv would be passed over in silence. */
static void
check_file_name(const char *dir, const char *file)
{
	const size_t n = strlen(file);
	char *name;
	const char *like;

	if (*file == '.' || n < 5 || strcasecmp(file + n - 4, ".csv") != 0)
		return;
	name = xstrndup(file, n - 4);
	if (!cat_table_of(name) || strcmp(file + n - 4, ".csv") != 0) {
		like = nearest(slice_of(name), catalogue_table_names);
		diag_reject((struct place){ dir, 0, NULL }, "%s is no table of the catalogue%s%s%s",
		        file, like ? "; did you mean " : "", like ? like : "", like ? ".csv?" : "");
	}
	free(name);
}

static void
check_folder(const char *dir)
{
	DIR *folder = opendir(dir);
	const struct dirent *item;

	if (!folder)
		die("catalogue %s: %s", dir, strerror(errno));
	while (errno = 0, (item = readdir(folder)))
		check_file_name(dir, item->d_name);
	if (errno != 0)
		die("catalogue %s: %s", dir, strerror(errno));
	closedir(folder);
}

/* A table of which the folder has no file is the one of BASE, with its index. */
static void
take_table(
        struct catalogue *c, struct catalogue_index *index, const struct catalogue *base, size_t i)
{
	const struct cat_table *t = &cat_tables[i];

	memcpy((char *)c + t->rows_at, (const char *)base + t->rows_at, sizeof(void *));
	memcpy((char *)c + t->count_at, (const char *)base + t->count_at, sizeof(size_t));
	index->origin[i] = base->index->origin[i];
	index->table[i] = base->index->table[i];
}

static void
read_table(struct catalogue *c, struct catalogue_index *index, const char *dir,
        const struct catalogue *base, size_t i)
{
	const struct cat_table *t = &cat_tables[i];
	const char *file = file_of(dir, t);
	struct csvin *in = open_file(file, !base);
	struct rows rows;

	if (!in) {
		take_table(c, index, base, i);
		return;
	}
	rows_begin(&rows, t);
	if (base)
		rows_copy(&rows, base);
	table_read(&rows, in, file, !base);
	csvin_close(in);
	rows_give(&rows, c);
	index->origin[i] = rows.origin;
	index->table[i] = index_build(t, c, rows.origin);
}

/* The programs ask for settings by name: nobody would ever ask for one that BASE lacks. */
static void
check_settings(const struct catalogue *c, const struct catalogue *base)
{
	for (size_t i = base->n_settings; i < c->n_settings; i++) {
		const struct origin *at = &c->index->origin[CAT_settings][i];
		const char *id = c->settings[i].id;
		const char *like = nearest(slice_of(id), cat_names(base, "settings"));

		diag_reject((struct place){ at->file, at->line, "id" }, "no setting '%s'%s%s%s", id,
		        like ? "; did you mean '" : "", like ? like : "", like ? "'?" : "");
	}
}

const struct catalogue *
catalogue_load(const char *dir, const struct catalogue *base)
{
	struct catalogue *c = keep(sizeof *c);
	struct catalogue_index *index = keep(sizeof *index);
	const long before = diag_rejected();

	check_folder(dir);
	c->index = index;
	for (size_t i = 0; i < CAT_TABLES; i++)
		read_table(c, index, dir, base, i);
	if (base)
		check_settings(c, base);
	if (diag_rejected() == before)
		catalogue_check(c);
	return c;
}

static void
die_of_mistakes(const char *what, const char *path, long n)
{
	die("%s %s cannot be used: %ld mistake%s", what, path, n, n == 1 ? "" : "s");
}

const struct catalogue *
catalogue_with(const char *dir)
{
	const long before = diag_rejected();
	const struct catalogue *c = catalogue_load(dir, catalogue_builtin());

	if (diag_rejected() != before)
		die_of_mistakes("the catalogue in", dir, diag_rejected() - before);
	return c;
}

const struct catalogue *
catalogue_open(const char *dir)
{
	if (!dir)
		dir = getenv("PTCATALOGUE");
	return dir && *dir ? catalogue_with(dir) : catalogue_builtin();
}

const struct import_row *
catalogue_import_map(const char *path, size_t *n)
{
	const long before = diag_rejected();
	struct csvin *in = csvin_open(path, &any_style);
	struct import_row *map;
	struct rows rows;

	if (!in)
		die("%s: %s", path, strerror(errno));
	rows_begin(&rows, &cat_tables[CAT_imports]);
	table_read(&rows, in, path, false);
	csvin_close(in);
	map = keep(rows.n * sizeof *map);
	if (rows.n > 0)
		memcpy(map, rows.row, rows.n * sizeof *map);
	imports_check(map, rows.n, rows.origin);
	if (diag_rejected() != before)
		die_of_mistakes("the import map", path, diag_rejected() - before);
	*n = rows.n;
	rows_free(&rows);
	return map;
}
