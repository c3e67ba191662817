/*
 * Which rows are wanted: --patient, --kind, --item, --where, --since, --until,
 * --period and --shard.  A word that nothing answers to is never silently an
 * empty result.
 */
#ifndef PT_SELECT_H
#define PT_SELECT_H

#include "base/cli.h"
#include "log/entry.h"

struct select_opts {
	const struct catalogue *catalogue;
	struct cli_list patients, kinds, items;
	const char *where;  /* NULL: none */
	struct days days;   /* open ends DAY_MIN and DAY_MAX */
	long shard, shards; /* shard 1 of 1: all */
};
#define SELECT_OPTS_INIT                                                                           \
	{                                                                                          \
		.patients = CLI_LIST_INIT, .kinds = CLI_LIST_INIT, .items = CLI_LIST_INIT,         \
		.days = { DAY_MIN, DAY_MAX }, .shard = 1, .shards = 1                              \
	}

struct select;

/* A kind or condition that cannot be is a usage error. */
struct select *select_new(const struct select_opts *opts);
void select_free(struct select *s);

bool select_wants(struct select *s, const struct entry *e);
/*
 * At the end of the input: a patient that no row was of is reported with the nearest (status 1); an
 * item that neither the catalogue nor the input knows ends the program.
 */
void select_end(struct select *s);

/* Is nothing but all rows asked for? */
bool select_is_all(const struct select_opts *opts);
/* I/N of --shard. */
void select_shard(struct select_opts *opts, const char *arg);

#endif
