/*
 * What goes home with the patient, in the patient's language: a page for each patient, with the
 * phrases and names of the catalogue.  English stands in where a translation is missing, and that
 * is said.
 */
#ifndef PT_HANDOUT_H
#define PT_HANDOUT_H

#include "reports/facts.h"

struct handout {
	struct out *out;
	const struct query *query;
	const struct catalogue *catalogue;
	int asof;
	const char *lang; /* of the patient at hand */
	size_t pages;     /* begun */
	bool english;     /* something had to be said in English */
};

/* Calls EACH with a struct handout for every patient; the pages begun. */
size_t handout_write(struct out *out, const struct query *q, struct facts *f,
        void (*each)(const struct history *h, void *handout));
/* Begins the page of a patient: language, new sheet, and the heading of that phrase. */
void handout_page(struct handout *p, const struct history *h, const char *title);

const char *handout_phrase(const struct handout *p, const char *id);
/* Adds the phrase with one {blank} filled. */
void handout_fill(struct str *out, const struct handout *p, const char *id, const char *blank,
        const char *text);
const char *handout_text(struct handout *p, const struct text *t);

/* The common language of all pages, or English when they differ. */
const char *handout_language(struct facts *f);

#endif
