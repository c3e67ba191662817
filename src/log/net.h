/*
 * The log without what was taken back: rows wait in a temporary file until all
 * voids are known, at 16 bytes of memory a row.
 */
#ifndef PT_NET_H
#define PT_NET_H

#include "log/entry.h"

struct net;

/* LINES are of this header. */
struct net *net_new(const struct catalogue *c, const struct header *h);
void net_free(struct net *net);
/* The line, with its line end, is that of the entry.  One not WANTED only takes back. */
void net_add(struct net *net, const struct entry *e, const char *line, size_t n, bool wanted);
/* Hands out, in the order they came, the wanted lines that no void took back and that are none;
 * the rest of the wanted is counted. */
size_t net_each(
        struct net *net, void (*line)(void *context, const char *line, size_t n), void *context);

#endif
