#include "reports/handout.h"

#include "base/diag.h"
#include "domain/profile.h"
#include "reports/words.h"

static const char *
said_language(const struct catalogue *c, const struct history *h)
{
	const char *lang = profile_language(h, c, DAY_MAX);

	return lang ? lang : "en";
}

const char *
handout_phrase(const struct handout *p, const char *id)
{
	return cat_phrase(p->catalogue, id, p->lang);
}

void
handout_fill(struct str *out, const struct handout *p, const char *id, const char *blank,
        const char *text)
{
	words_phrase(out, p->catalogue, p->lang, id,
	        (struct blank[]){ { blank, text }, { NULL, NULL } });
}

const char *
handout_text(struct handout *p, const struct text *t)
{
	bool missing = false;
	const char *text = text_in(t, p->lang, &missing);

	p->english = p->english || missing;
	return text;
}

void
handout_page(struct handout *p, const struct history *h, const char *title)
{
	p->lang = h ? said_language(p->catalogue, h) : "en";
	p->english = p->english || !cat_language(p->catalogue, p->lang);
	if (p->pages++)
		p->out->format->page(p->out);
	out_heading(p->out, 1, p->query->title ? p->query->title : handout_phrase(p, title));
}

size_t
handout_write(struct out *out, const struct query *q, struct facts *f,
        void (*each)(const struct history *h, void *handout))
{
	struct handout p = {
		.out = out, .query = q, .catalogue = f->catalogue, .asof = f->asof, .lang = "en"
	};

	store_each(f->store, ORDER_PLACE, f->asof, each, &p);
	if (p.english)
		diag_note("some texts are in English: the catalogue lacks their translation");
	return p.pages;
}

struct common {
	const struct catalogue *catalogue;
	const char *lang; /* of the pages so far; NULL: none yet */
};

static void
meet_language(const struct history *h, void *context)
{
	struct common *all = context;
	const char *own = cat_language(all->catalogue, said_language(all->catalogue, h));

	if (!own || (all->lang && strcmp(all->lang, own) != 0))
		own = "en";
	all->lang = own;
}

const char *
handout_language(struct facts *f)
{
	struct common all = { .catalogue = f->catalogue };

	store_each(f->store, ORDER_PLACE, f->asof, meet_language, &all);
	return all.lang ? all.lang : "en";
}
