#include "stat/remarks.h"

#include "base/diag.h"

static void
take_medicines(struct remarks *r, const struct history *h, const struct catalogue *c)
{
	const struct medicine *m[FACTORLESS_MOST];
	const size_t n = medicines_without_factor(h, c, m, FACTORLESS_MOST);

	for (size_t i = 0; i < n; i++) {
		size_t k = 0;
		while (k < FACTORLESS_MOST - 1 && r->factorless[k] && r->factorless[k] != m[i])
			k++;
		r->factorless[k] = m[i];
		r->patients[k]++;
	}
}

void
remarks_take(struct remarks *r, const struct history *h, const struct catalogue *c,
        const struct keys *by, bool mme)
{
	if (mme)
		take_medicines(r, h, c);
	for (enum key key = KEY_APPROACH; key <= KEY_CLINIC; key++)
		if (keys_have(by, key))
			r->switched[key] += key_switched(h, key);
}

void
remarks_say(const struct remarks *r)
{
	for (size_t i = 0; i < FACTORLESS_MOST && r->factorless[i]; i++)
		diag_note("%s has no morphine factor: days on it have no mme (%ld patient%s)",
		        r->factorless[i]->id, r->patients[i], r->patients[i] == 1 ? "" : "s");
	for (enum key key = KEY_APPROACH; key <= KEY_CLINIC; key++)
		if (r->switched[key])
			diag_note("%ld patient%s changed %s and count%s wholly under the newest",
			        r->switched[key], r->switched[key] == 1 ? "" : "s", key_names[key],
			        r->switched[key] == 1 ? "s" : "");
}
