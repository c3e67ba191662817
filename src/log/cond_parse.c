#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/diag.h"
#include "base/mem.h"
#include "base/num.h"
#include "log/cond_tree.h"

#define NODES_MOST 4096 /* also bounds how deep evaluation goes */
#define DEPTH_MOST 64   /* of parentheses, signs and not */

enum token {
	TOKEN_END,
	TOKEN_NUMBER,
	TOKEN_TEXT,
	TOKEN_NAME, /* also and, or, not */
	TOKEN_SIGN, /* an operator or a parenthesis */
	TOKEN_WRONG /* the error is set */
};

/* What an expression gives. */
enum shape { SHAPE_NUMBER, SHAPE_TEXT, SHAPE_TRUTH };

/* A part of the tree, and the offset where it began. */
struct part {
	enum shape shape;
	size_t node, at;
};

struct parser {
	const char *text, *at; /* behind the token at hand */
	const struct cond_vocabulary *vocabulary;
	struct cond *cond;
	char *texts; /* where the next 'text' goes */
	struct cond_error *error;
	int depth;
	/* The token at hand. */
	enum token token;
	const char *start;
	struct slice word; /* of a text, what it says */
};

static bool parse_or(struct parser *p, struct part *out);

static bool fail(struct parser *p, const char *at, const char *format, ...)
        __attribute__((format(printf, 3, 4)));
static bool
fail(struct parser *p, const char *at, const char *format, ...)
{
	va_list args;

	p->error->at = (size_t)(at - p->text);
	va_start(args, format);
	vsnprintf(p->error->text, sizeof p->error->text, format, args);
	va_end(args);
	p->token = TOKEN_WRONG;
	return false;
}

/* --- tokens --- */

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool
is_name_byte(char c)
{
	return ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || is_digit(c) || c == '_' ||
	        (unsigned char)c >= 0x80;
}

/* How other languages write what is meant. */
static const struct {
	const char *sign, *instead;
} foreign[] = { { "==", "=" }, { "<>", "!=" }, { "=<", "<=" }, { "=>", ">=" }, { "&&", "and" },
	{ "||", "or" }, { "&", "and" }, { "|", "or" }, { "!", "not" }, { "\"", "'text'" },
	{ "\xe2\x89\xa4", "<=" }, { "\xe2\x89\xa5", ">=" }, { "\xe2\x89\xa0", "!=" },
	{ "\xe2\x80\x98", "'text'" }, { "\xe2\x80\x99", "'text'" }, { "\xe2\x80\x9c", "'text'" },
	{ "\xe2\x88\x92", "-" }, { "\xc3\x97", "*" } };

static bool
is_foreign(struct parser *p, const char *s)
{
	if (strncmp(s, "!=", 2) == 0)
		return false;
	for (size_t i = 0; i < LENGTH(foreign); i++)
		if (strncmp(s, foreign[i].sign, strlen(foreign[i].sign)) == 0) {
			fail(p, s, "%s is not understood here; write %s",
			        quote(slice_of(foreign[i].sign)), foreign[i].instead);
			return true;
		}
	return false;
}

static void
take_sign(struct parser *p, const char *s)
{
	const size_t n = strchr("!<>", *s) && s[1] == '=' ? 2 : 1;

	if (is_foreign(p, s))
		return;
	if (!strchr("=<>+-*/()!", *s)) {
		fail(p, s,
		        *s == ',' ? "%s is not understood here; decimals are written 2.5"
		                  : "%s is not understood here",
		        quote((struct slice){ s, 1 }));
		return;
	}
	p->token = TOKEN_SIGN;
	p->word = (struct slice){ s, n };
	p->at = s + n;
}

/* A text, its doubled quotes undone; p->word is what it says. */
static void
take_text(struct parser *p, const char *s)
{
	char *out = p->texts;

	for (const char *c = s + 1; *c; c++) {
		if (*c == '\'' && *++c != '\'') {
			*out = '\0';
			p->word = (struct slice){ p->texts, (size_t)(out - p->texts) };
			p->texts = out + 1;
			p->token = TOKEN_TEXT;
			p->at = c;
			return;
		}
		*out++ = *c;
	}
	fail(p, s, "the text that begins here has no end; close it with '");
}

/* Moves on to the next token. */
static void
next(struct parser *p)
{
	const char *s = p->at + strspn(p->at, " \t\r\n"), *end = s;

	if (p->token == TOKEN_WRONG)
		return;
	while (is_name_byte(*end) || (*end == '.' && end[1] != '.'))
		end++;
	p->start = s;
	p->word = (struct slice){ s, (size_t)(end - s) };
	p->at = end;
	if (*s == '\0')
		p->token = TOKEN_END;
	else if (*s == '\'')
		take_text(p, s);
	else if (end == s)
		take_sign(p, s);
	else if (is_digit(*s) || *s == '.')
		p->token = TOKEN_NUMBER;
	else if (!is_foreign(p, s))
		p->token = TOKEN_NAME;
}

static bool
at_sign(const struct parser *p, const char *sign)
{
	return p->token == TOKEN_SIGN && slice_eq(p->word, sign);
}

static bool
at_word(const struct parser *p, const char *word)
{
	return p->token == TOKEN_NAME && slice_eq_nocase(p->word, word);
}

/* --- the tree --- */

static bool
add_node(struct parser *p, struct cond_node node, enum shape shape, struct part *out)
{
	struct cond *c = p->cond;

	if (c->n == NODES_MOST)
		return fail(p, p->text + out->at, "the condition is too long");
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
	return fail(p, p->text + part->at,
	        part->shape == SHAPE_TEXT ? "a number is wanted here, and this is text"
	                                  : "a number is wanted here, and this is true or false");
}

static bool
want_truth(struct parser *p, const struct part *part)
{
	return part->shape == SHAPE_TRUTH ||
	        fail(p, p->text + part->at,
	                "this alone is neither true nor false; compare it, as in pain_after > 5");
}

static bool
want_value(struct parser *p, const struct part *part)
{
	return part->shape != SHAPE_TRUTH ||
	        fail(p, p->text + part->at, "this is true or false and cannot be compared");
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
		fail(p, word.s, "unknown %s %s; did you mean '%s'?", call ? "function" : "name",
		        quote(word), near);
	else
		fail(p, word.s, "unknown %s %s%s", call ? "function" : "name", quote(word),
		        call ? "" : "; text is written in quotes, 'like this'");
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
		return fail(p, p->start, "')' is wanted here");
	next(p);
	return p->token != TOKEN_WRONG;
}

/* The text of a function that takes one of a known kind. */
static bool
check_argument(struct parser *p, const struct cond_function *f, const struct part *argument)
{
	const struct cond_node *node = &p->cond->node[argument->node];

	if (f->accepts == NULL)
		return want_value(p, argument);
	if (node->op != OP_TEXT)
		return fail(p, p->text + argument->at, "%s() takes a text, as in %s('…')", f->name,
		        f->name);
	if (!f->accepts(p->vocabulary->context, node->text.s, node->text.n))
		return fail(p, p->text + argument->at, "%s() does not know %s", f->name,
		        quote(node->text));
	return true;
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
	next(p);
	if (!parse_or(p, &argument))
		return false;
	if (is_known ? !want_value(p, &argument) : !check_argument(p, f, &argument))
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
	const struct slice word = p->word;

	if (num_read(word, false, &node.number) != NUM_OK)
		return fail(p, word.s, "%s is no number; an id is written in quotes, '5xsts'",
		        quote(word));
	next(p);
	return p->token != TOKEN_WRONG && add_node(p, node, SHAPE_NUMBER, out);
}

static bool
parse_text(struct parser *p, struct part *out)
{
	const struct cond_node node = { .op = OP_TEXT, .text = p->word };

	next(p);
	return p->token != TOKEN_WRONG && add_node(p, node, SHAPE_TEXT, out);
}

static bool
parse_word(struct parser *p, struct part *out)
{
	const struct slice word = p->word;

	next(p);
	if (p->token == TOKEN_WRONG)
		return false;
	return at_sign(p, "(") ? parse_call(p, word, out) : parse_name(p, word, out);
}

static bool
parse_primary(struct parser *p, struct part *out)
{
	switch (p->token) {
	case TOKEN_NUMBER:
		return parse_number(p, out);
	case TOKEN_TEXT:
		return parse_text(p, out);
	case TOKEN_NAME:
		if (at_word(p, "and") || at_word(p, "or") || at_word(p, "not"))
			return fail(p, p->start, "a value is wanted before %s", quote(p->word));
		return parse_word(p, out);
	case TOKEN_WRONG:
		return false;
	case TOKEN_END:
		return fail(p, p->start, "a value is wanted here");
	default:
		break;
	}
	if (!at_sign(p, "("))
		return fail(p, p->start, "a value is wanted before %s", quote(p->word));
	next(p);
	return parse_or(p, out) && close_parenthesis(p);
}

static bool
parse_unary(struct parser *p, struct part *out)
{
	const size_t at = out->at = (size_t)(p->start - p->text);
	bool good;

	if (!at_sign(p, "-")) {
		good = parse_primary(p, out);
		out->at = at;
		return good;
	}
	if (++p->depth > DEPTH_MOST)
		return fail(p, p->start, "too deeply nested");
	next(p);
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
	while (p->token == TOKEN_SIGN && p->word.n == 1 && strchr(signs, *p->word.s)) {
		const enum cond_op this = op[*p->word.s == signs[1]];
		struct part right;

		next(p);
		if (!tighter(p, &right) || !want_number(p, out) || !want_number(p, &right) ||
		        !add_two(p, this, SHAPE_NUMBER, out, &right))
			return false;
	}
	return p->token != TOKEN_WRONG;
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

static bool
parse_comparison(struct parser *p, struct part *out)
{
	enum cond_op op;
	struct part right;

	if (!parse_sum(p, out))
		return false;
	if (!comparison_op(p, &op))
		return true;
	next(p);
	if (!parse_sum(p, &right) || !want_value(p, out) || !want_value(p, &right))
		return false;
	if (out->shape != right.shape && !p->cond->has_mismatch) {
		p->cond->has_mismatch = true;
		p->cond->mismatch = right.at;
	}
	if (!add_two(p, op, SHAPE_TRUTH, out, &right))
		return false;
	if (comparison_op(p, &op))
		return fail(p, p->start, "one comparison at a time; join two with and");
	return true;
}

static bool
parse_not(struct parser *p, struct part *out)
{
	size_t at;

	if (!at_word(p, "not"))
		return parse_comparison(p, out);
	at = (size_t)(p->start - p->text);
	if (++p->depth > DEPTH_MOST)
		return fail(p, p->start, "too deeply nested");
	next(p);
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

		next(p);
		if (!tighter(p, &right) || !want_truth(p, out) || !want_truth(p, &right) ||
		        !add_two(p, op, SHAPE_TRUTH, out, &right))
			return false;
	}
	return p->token != TOKEN_WRONG;
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
		return fail(p, p->start, "too deeply nested");
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
	if (p->token == TOKEN_END)
		return true;
	return fail(p, p->start,
	        at_sign(p, ")") ? "this ')' closes nothing" : "and, or or the end is wanted here");
}

static struct cond *
compile(const char *text, const struct cond_vocabulary *v, struct cond_error *error,
        bool (*want)(struct parser *, const struct part *), bool may_be_empty)
{
	struct cond *c = xcalloc(1, sizeof *c);
	struct parser p = { .text = text, .at = text, .vocabulary = v, .cond = c, .error = error };

	p.texts = c->texts = xmalloc(strlen(text) + 1);
	next(&p);
	if ((p.token == TOKEN_END && may_be_empty) || parse_all(&p, want))
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
	        "text is compared with a number here, which is never true");
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
