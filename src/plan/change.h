/*
 * What a rule does to a dose: its column `change`, compiled.
 *
 *	change      := alternative { " else " alternative }
 *	alternative := step { "; " step }
 *
 * The first alternative that is possible and has an effect is taken.  Steps raise and cut by
 * notches, percent, factors and expressions, move along the chain of exercises, or act on the
 * plan as a whole (add, only, stop, hold, none).
 */
#ifndef PT_CHANGE_H
#define PT_CHANGE_H

#include "plan/prescription.h"
#include "plan/vocabulary.h"

enum verb {
	VERB_SAME, /* the dose as it is: first doses */
	VERB_DOSE,
	VERB_UNIT, /* the dose of exercises of one unit; others skip it */
	VERB_LOAD,
	VERB_SETS,
	VERB_PER_WEEK,
	VERB_HARDER,
	VERB_EASIER,
	VERB_FROM_LAST,
	VERB_RESTORE,
	VERB_DROP,
	VERB_ADD, /* the rest act on the plan, not on one dose */
	VERB_ONLY,
	VERB_STOP,
	VERB_HOLD,
	VERB_NONE
};
enum operation { BY_AMOUNT, BY_PERCENT, BY_FACTOR, TO_VALUE };

struct step {
	enum verb verb;
	enum operation operation;
	enum unit unit;          /* of VERB_UNIT */
	double n;                /* the amount, signed; percent of VERB_RESTORE */
	double bound;            /* of sets: max or min; UNKNOWN: the catalogue's sets */
	struct cond *expression; /* of VERB_DOSE with TO_VALUE */
	char **word;             /* of add: one; of only: focuses; NULL at the end */
	bool begins;             /* the first step of an alternative */
};

struct change {
	struct step *step;
	size_t n, cap;
};

struct change_error {
	size_t at; /* offset in the text */
	char text[320];
};

/* False and *error when the text is no change; an empty text is no step.  Free in either case. */
bool change_compile(struct change *out, const char *text, const struct cond_vocabulary *v,
        struct change_error *error);
void change_free(struct change *change);
/* The first step of that verb, or NULL. */
const struct step *change_step(const struct change *change, enum verb verb);

/* What holds a raise back, collected from all rules that fired. */
struct caps {
	double notches; /* at most, in one raise; INFINITY: no cap */
	bool no_load, no_harder;
};
#define CAPS_NONE                                                                                  \
	(struct caps)                                                                              \
	{                                                                                          \
		INFINITY, false, false                                                             \
	}

/* One exercise and what may become of it. */
struct dose_case {
	const struct exercise *ex;
	struct prescription now, last, before_regress;
	const struct exercise *easier, *harder; /* NULL: there is none that is open */
	bool load_at_hand;                      /* what adds load is there */
	bool begins;                            /* a first dose: parts of it are rounded up */
	struct caps caps;
	const struct view *view;
};
struct dose_result {
	const struct exercise *ex; /* another one when a step changed it */
	struct prescription rx;
	bool dropped;
};

/*
 * Takes the first alternative that is possible and has an effect in the sense of the decision: a
 * progress raises something, a regress lowers something and raises nothing, any other changes
 * something.  False: none; *out is the case as it was.
 */
bool change_apply(const struct change *change, enum decision decision, const struct dose_case *in,
        struct dose_result *out);

#endif
