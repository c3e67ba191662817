#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/diag.h"
#include "base/mem.h"
#include "base/num.h"
#include "log/cond_lex.h"
#include "log/cond_tree.h"

#define NODES_MOST 4096 /* also bounds how deep evaluation goes */
#define DEPTH_MOST 64   /* of parentheses, signs and not */

/* What an expression gives. */
enum shape { SHAPE_NUMBER, SHAPE_TEXT, SHAPE_TRUTH };

/* A part of the tree, and the offset where it began. */
struct part {
	enum shape shape;
	size_t node, at;
};

struct parser {
	struct cond_lexer lex;
	const struct cond_vocabulary *vocabulary;
	struct cond *cond;
	int depth;
};

static bool parse_or(struct parser *p, struct part *out);

static bool
at_sign(const struct parser *p, const char *sign)
{
	return p->lex.token == TOKEN_SIGN && slice_eq(p->lex.word, sign);
}

static bool
at_word(const struct parser *p, const char *word)
{
	return p->lex.token == TOKEN_NAME && slice_eq_nocase(p->lex.word, word);
}

/* --- the tree --- */

static bool
add_node(struct parser *p, struct cond_node node, enum shape shape, struct part *out)
{
	struct cond *c = p->cond;

	if (c->n == NODES_MOST)
		return cond_fail(&p->lex, p->lex.text + out->at, "the condition is too long");
	GROW(c->node, c->cap, c->n);
	c->node[c->n] = node;
	out->node = c->n++;
	out->shape = shape;
	return true;
}

static bool
add_two(struct parser *p, enum cond_op op, enum shape shape, struct part *left,
        const struct part *right)
{
	return add_node(p,
	        (struct cond_node){
	                .op = op, .left = (uint16_t)left->node, .right = (uint16_t)right->node },
	        shape, left);
}

static bool
want_number(struct parser *p, const struct part *part)
{
	if (part->shape == SHAPE_NUMBER)
		return true;
	return cond_fail(&p->lex, p->lex.text + part->at,
	        part->shape == SHAPE_TEXT ? "a number is wanted here, and this is text"
	                                  : "a number is wanted here, and this is true or false");
}

static bool
want_truth(struct parser *p, const struct part *part)
{
	return part->shape == SHAPE_TRUTH ||
	        cond_fail(&p->lex, p->lex.text + part->at,
	                "this alone is neither true nor false; compare it, as in pain_after > 5");
}

static bool
want_value(struct parser *p, const struct part *part)
{
	return part->shape != SHAPE_TRUTH ||
	        cond_fail(&p->lex, p->lex.text + part->at,
	                "this is true or false and cannot be compared");
}

/* --- names and functions --- */

/* "unknown name 'x'", with the nearest of those that there are. */
static bool
unknown_name(struct parser *p, struct slice word, bool call)
{
	const struct cond_vocabulary *v = p->vocabulary;
	const char **names, *near;
	size_t n = 0, i = 0;

	while (call ? v->functions && v->functions[n].name : v->names[n].name != NULL)
		n++;
	names = xcalloc(n + 2, sizeof *names);
	for (; i < n; i++)
		names[i] = call ? v->functions[i].name : v->names[i].name;
	if (call)
		names[n] = "known";
	near = nearest(word, names);
	if (near)
		cond_fail(&p->lex, word.s, "unknown %s %s; did you mean '%s'?",
		        call ? "function" : "name", quote(word), near);
	else
		cond_fail(&p->lex, word.s, "unknown %s %s%s", call ? "function" : "name",
		        quote(word), call ? "" : "; text is written in quotes, 'like this'");
	free(names);
	return false;
}

static bool
parse_name(struct parser *p, struct slice word, struct part *out)
{
	for (const struct cond_name *name = p->vocabulary->names; name->name; name++)
		if (slice_eq(word, name->name))
			return add_node(p, (struct cond_node){ .op = OP_NAME, .id = name->id },
			        name->type == COND_TEXT ? SHAPE_TEXT : SHAPE_NUMBER, out);
	return unknown_name(p, word, false);
}

static const struct cond_function *
function_of(const struct cond_vocabulary *v, struct slice word)
{
	for (const struct cond_function *f = v->functions; f && f->name; f++)
		if (slice_eq(word, f->name))
			return f;
	return NULL;
}

static bool
close_parenthesis(struct parser *p)
{
	if (!at_sign(p, ")"))
		return cond_fail(&p->lex, p->lex.start, "')' is wanted here");
	cond_next(&p->lex);
	return p->lex.token != TOKEN_WRONG;
}

/* The text of a function that takes one of a known kind. */
static bool
check_argument(struct parser *p, const struct cond_function *f, const struct part *argument)
{
	const struct cond_node *node = &p->cond->node[argument->node];

	if (f->accepts == NULL)
		return want_value(p, argument);
	if (node->op != OP_TEXT)
		return cond_fail(&p->lex, p->lex.text + argument->at,
		        "%s() takes a text, as in %s('…')", f->name, f->name);
	if (!f->accepts(p->vocabulary->context, node->text.s, node->text.n))
		return cond_fail(&p->lex, p->lex.text + argument->at, "%s() does not know %s",
		        f->name, quote(node->text));
	return true;
}

/* What is written out is always known. */
static bool
want_name(struct parser *p, const struct part *argument)
{
	const enum cond_op op = p->cond->node[argument->node].op;

	if (op != OP_TEXT && op != OP_NUMBER)
		return want_value(p, argument);
	return cond_fail(&p->lex, p->lex.text + argument->at,
	        "known() takes a name without quotes, as in known(rpe)");
}

/* WORD is the name; the opening parenthesis is at hand. */
static bool
parse_call(struct parser *p, struct slice word, struct part *out)
{
	const bool is_known = slice_eq(word, "known");
	const struct cond_function *f = is_known ? NULL : function_of(p->vocabulary, word);
	struct part argument;
	struct cond_node node = { .op = OP_KNOWN };

	if (!is_known && f == NULL)
		return unknown_name(p, word, true);
	cond_next(&p->lex);
	if (!parse_or(p, &argument))
		return false;
	if (is_known ? !want_name(p, &argument) : !check_argument(p, f, &argument))
		return false;
	node.left = (uint16_t)argument.node;
	if (is_known)
		return close_parenthesis(p) && add_node(p, node, SHAPE_TRUTH, out);
	node.op = OP_CALL;
	node.id = f->id;
	return close_parenthesis(p) &&
	        add_node(p, node, f->result == COND_TEXT ? SHAPE_TEXT : SHAPE_NUMBER, out);
}

/* --- the grammar, from the tightest to the loosest --- */

static bool
parse_number(struct parser *p, struct part *out)
{
	struct cond_node node = { .op = OP_NUMBER };
	const struct slice word = p->lex.word;

	if (num_read(word, false, &node.number) != NUM_OK)
		return cond_fail(&p->lex, word.s,
		        "%s is no number; an id is written in quotes, '5xsts'", quote(word));
	cond_next(&p->lex);
	return p->lex.token != TOKEN_WRONG && add_node(p, node, SHAPE_NUMBER, out);
}

static bool
parse_text(struct parser *p, struct part *out)
{
	const struct cond_node node = { .op = OP_TEXT, .text = p->lex.word };

	cond_next(&p->lex);
	return p->lex.token != TOKEN_WRONG && add_node(p, node, SHAPE_TEXT, out);
}

static bool
parse_word(struct parser *p, struct part *out)
{
	const struct slice word = p->lex.word;

	cond_next(&p->lex);
	if (p->lex.token == TOKEN_WRONG)
		return false;
	return at_sign(p, "(") ? parse_call(p, word, out) : parse_name(p, word, out);
}

static bool
parse_primary(struct parser *p, struct part *out)
{
	switch (p->lex.token) {
	case TOKEN_NUMBER:
		return parse_number(p, out);
	case TOKEN_TEXT:
		return parse_text(p, out);
	case TOKEN_NAME:
		if (at_word(p, "and") || at_word(p, "or") || at_word(p, "not"))
			return cond_fail(&p->lex, p->lex.start, "a value is wanted before %s",
			        quote(p->lex.word));
		return parse_word(p, out);
	case TOKEN_WRONG:
		return false;
	case TOKEN_END:
		return cond_fail(&p->lex, p->lex.start, "a value is wanted here");
	default:
		break;
	}
	if (!at_sign(p, "("))
		return cond_fail(
		        &p->lex, p->lex.start, "a value is wanted before %s", quote(p->lex.word));
	cond_next(&p->lex);
	return parse_or(p, out) && close_parenthesis(p);
}

static bool
parse_unary(struct parser *p, struct part *out)
{
	const size_t at = out->at = (size_t)(p->lex.start - p->lex.text);
	bool good;

	if (!at_sign(p, "-")) {
		good = parse_primary(p, out);
		out->at = at;
		return good;
	}
	if (++p->depth > DEPTH_MOST)
		return cond_fail(&p->lex, p->lex.start, "too deeply nested");
	cond_next(&p->lex);
	if (!parse_unary(p, out) || !want_number(p, out))
		return false;
	p->depth--;
	out->at = at;
	return add_node(p, (struct cond_node){ .op = OP_MINUS, .left = (uint16_t)out->node },
	        SHAPE_NUMBER, out);
}

/* One level of arithmetic: operands of TIGHTER with SIGNS between them. */
static bool
parse_chain(struct parser *p, struct part *out, const char *signs, const enum cond_op op[2],
        bool (*tighter)(struct parser *, struct part *))
{
	if (!tighter(p, out))
		return false;
	while (p->lex.token == TOKEN_SIGN && p->lex.word.n == 1 && strchr(signs, *p->lex.word.s)) {
		const enum cond_op this = op[*p->lex.word.s == signs[1]];
		struct part right;

		cond_next(&p->lex);
		if (!tighter(p, &right) || !want_number(p, out) || !want_number(p, &right) ||
		        !add_two(p, this, SHAPE_NUMBER, out, &right))
			return false;
	}
	return p->lex.token != TOKEN_WRONG;
}

static bool
parse_product(struct parser *p, struct part *out)
{
	static const enum cond_op op[] = { OP_MULTIPLY, OP_DIVIDE };

	return parse_chain(p, out, "*/", op, parse_unary);
}

static bool
parse_sum(struct parser *p, struct part *out)
{
	static const enum cond_op op[] = { OP_ADD, OP_SUBTRACT };

	return parse_chain(p, out, "+-", op, parse_product);
}

static bool
comparison_op(const struct parser *p, enum cond_op *op)
{
	static const char *const signs[] = { "=", "!=", "<", "<=", ">", ">=" };

	for (size_t i = 0; i < LENGTH(signs); i++)
		if (at_sign(p, signs[i])) {
			*op = (enum cond_op)(OP_EQUAL + (int)i);
			return true;
		}
	return false;
}

/* A 'text' beside a name must be one that the name can have. */
static bool
check_words(struct parser *p, enum cond_op op, const struct part *a, const struct part *b)
{
	const struct cond_vocabulary *v = p->vocabulary;
	struct cond_node *name = &p->cond->node[a->node], *text = &p->cond->node[b->node];
	struct str why = STR_INIT;
	bool fits;

	if (v->fits == NULL || name->op != OP_NAME || text->op != OP_TEXT)
		return true;
	fits = v->fits(v->context, &name->id, op == OP_EQUAL, &text->text, &why);
	if (!fits)
		cond_fail(&p->lex, p->lex.text + b->at, "%s", str_text(&why));
	str_free(&why);
	return fits;
}

static bool
parse_comparison(struct parser *p, struct part *out)
{
	enum cond_op op;
	struct part right;

	if (!parse_sum(p, out))
		return false;
	if (!comparison_op(p, &op))
		return true;
	cond_next(&p->lex);
	if (!parse_sum(p, &right) || !want_value(p, out) || !want_value(p, &right))
		return false;
	if (out->shape != right.shape && !p->cond->has_mismatch) {
		p->cond->has_mismatch = true;
		p->cond->mismatch = right.at;
	}
	if (!check_words(p, op, out, &right) || !check_words(p, op, &right, out) ||
	        !add_two(p, op, SHAPE_TRUTH, out, &right))
		return false;
	if (comparison_op(p, &op))
		return cond_fail(
		        &p->lex, p->lex.start, "one comparison at a time; join two with and");
	return true;
}

static bool
parse_not(struct parser *p, struct part *out)
{
	size_t at;

	if (!at_word(p, "not"))
		return parse_comparison(p, out);
	at = (size_t)(p->lex.start - p->lex.text);
	if (++p->depth > DEPTH_MOST)
		return cond_fail(&p->lex, p->lex.start, "too deeply nested");
	cond_next(&p->lex);
	if (!parse_not(p, out) || !want_truth(p, out))
		return false;
	p->depth--;
	out->at = at;
	return add_node(p, (struct cond_node){ .op = OP_NOT, .left = (uint16_t)out->node },
	        SHAPE_TRUTH, out);
}

/* Operands of TIGHTER with WORD between them. */
static bool
parse_joined(struct parser *p, struct part *out, const char *word, enum cond_op op,
        bool (*tighter)(struct parser *, struct part *))
{
	if (!tighter(p, out))
		return false;
	while (at_word(p, word)) {
		struct part right;

		cond_next(&p->lex);
		if (!tighter(p, &right) || !want_truth(p, out) || !want_truth(p, &right) ||
		        !add_two(p, op, SHAPE_TRUTH, out, &right))
			return false;
	}
	return p->lex.token != TOKEN_WRONG;
}

static bool
parse_and(struct parser *p, struct part *out)
{
	return parse_joined(p, out, "and", OP_AND, parse_not);
}

static bool
parse_or(struct parser *p, struct part *out)
{
	if (++p->depth > DEPTH_MOST)
		return cond_fail(&p->lex, p->lex.start, "too deeply nested");
	if (!parse_joined(p, out, "or", OP_OR, parse_and))
		return false;
	p->depth--;
	return true;
}

/* --- the whole --- */

static bool
parse_all(struct parser *p, bool (*want)(struct parser *, const struct part *))
{
	struct part all;

	if (!parse_or(p, &all) || !want(p, &all))
		return false;
	if (p->lex.token == TOKEN_END)
		return true;
	return cond_fail(&p->lex, p->lex.start,
	        at_sign(p, ")") ? "this ')' closes nothing" : "and, or or the end is wanted here");
}

static struct cond *
compile(const char *text, const struct cond_vocabulary *v, struct cond_error *error,
        bool (*want)(struct parser *, const struct part *), bool may_be_empty)
{
	struct cond *c = xcalloc(1, sizeof *c);
	struct parser p = { .vocabulary = v, .cond = c };

	c->texts = xmalloc(strlen(text) + 1);
	p.lex = (struct cond_lexer){ .text = text, .at = text, .texts = c->texts, .error = error };
	cond_next(&p.lex);
	if ((p.lex.token == TOKEN_END && may_be_empty) || parse_all(&p, want))
		return c;
	cond_free(c);
	return NULL;
}

struct cond *
cond_compile(const char *text, const struct cond_vocabulary *v, struct cond_error *error)
{
	return compile(text, v, error, want_truth, true);
}

struct cond *
cond_compile_number(const char *text, const struct cond_vocabulary *v, struct cond_error *error)
{
	return compile(text, v, error, want_number, false);
}

void
cond_free(struct cond *c)
{
	if (c == NULL)
		return;
	free(c->node);
	free(c->texts);
	free(c);
}

bool
cond_check(const struct cond *c, struct cond_error *error)
{
	if (!c->has_mismatch)
		return true;
	error->at = c->mismatch;
	snprintf(error->text, sizeof error->text,
	        "text is compared with a number here, which is never true; a text is written in "
	        "quotes, '2026-11-20'");
	return false;
}

bool
cond_use(const struct cond *c, size_t *at, struct cond_use *out)
{
	for (; *at < c->n; ++*at) {
		const struct cond_node *node = &c->node[*at];

		if (node->op != OP_NAME && node->op != OP_CALL)
			continue;
		*out = (struct cond_use){ node->op == OP_CALL, node->id, NULL };
		if (out->call)
			out->text = c->node[node->left].text.s;
		++*at;
		return true;
	}
	return false;
}
