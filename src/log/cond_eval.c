#include <math.h>

#include "base/num.h"
#include "log/cond_tree.h"

static enum truth truth_at(const struct cond *c, size_t i, const struct cond_env *env);
static struct cond_value value_at(const struct cond *c, size_t i, const struct cond_env *env);

static struct cond_value
number_value(double x)
{
	return (struct cond_value){ .type = COND_NUMBER, .number = x };
}

static bool
is_known(const struct cond_value *v)
{
	return v->type == COND_TEXT ? v->text != NULL : known(v->number);
}

static double
number_at(const struct cond *c, size_t i, const struct cond_env *env)
{
	const struct cond_value v = value_at(c, i, env);

	return v.type == COND_NUMBER ? v.number : UNKNOWN;
}

static double
arithmetic(const struct cond *c, const struct cond_node *node, const struct cond_env *env)
{
	const double a = number_at(c, node->left, env), b = number_at(c, node->right, env);
	double x;

	switch (node->op) {
	case OP_ADD:
		x = a + b;
		break;
	case OP_SUBTRACT:
		x = a - b;
		break;
	case OP_MULTIPLY:
		x = a * b;
		break;
	default:
		x = a / b;
		break;
	}
	return isfinite(x) ? x : UNKNOWN;
}

static struct cond_value
value_at(const struct cond *c, size_t i, const struct cond_env *env)
{
	const struct cond_node *node = &c->node[i];

	switch (node->op) {
	case OP_NUMBER:
		return number_value(node->number);
	case OP_TEXT:
		return (struct cond_value){ COND_TEXT, UNKNOWN, node->text.s, node->text.n };
	case OP_NAME:
		return env->name(env->context, node->id);
	case OP_CALL:
		return env->call(env->context, node->id, value_at(c, node->left, env));
	case OP_MINUS:
		return number_value(-number_at(c, node->left, env));
	default:
		return number_value(arithmetic(c, node, env));
	}
}

static int
order_of(const struct cond_value *a, const struct cond_value *b)
{
	if (a->type == COND_TEXT)
		return slice_cmp(
		        (struct slice){ a->text, a->length }, (struct slice){ b->text, b->length });
	return (a->number > b->number + NUM_SLACK) - (a->number < b->number - NUM_SLACK);
}

static enum truth
compare(const struct cond *c, const struct cond_node *node, const struct cond_env *env)
{
	const struct cond_value a = value_at(c, node->left, env), b = value_at(c, node->right, env);
	int order;

	if (a.type != b.type || !is_known(&a) || !is_known(&b))
		return TRUTH_UNKNOWN;
	order = order_of(&a, &b);
	switch (node->op) {
	case OP_EQUAL:
		return order == 0;
	case OP_UNEQUAL:
		return order != 0;
	case OP_LESS:
		return order < 0;
	case OP_AT_MOST:
		return order <= 0;
	case OP_MORE:
		return order > 0;
	default:
		return order >= 0;
	}
}

/* And (or): DECIDES is the truth that settles it whatever the other side is. */
static enum truth
join(const struct cond *c, const struct cond_node *node, const struct cond_env *env,
        enum truth decides)
{
	const enum truth a = truth_at(c, node->left, env);
	enum truth b;

	if (a == decides)
		return a;
	b = truth_at(c, node->right, env);
	return b == decides || a != TRUTH_UNKNOWN ? b : a;
}

static enum truth
truth_at(const struct cond *c, size_t i, const struct cond_env *env)
{
	const struct cond_node *node = &c->node[i];
	struct cond_value value;
	enum truth truth;

	switch (node->op) {
	case OP_AND:
		return join(c, node, env, TRUTH_FALSE);
	case OP_OR:
		return join(c, node, env, TRUTH_TRUE);
	case OP_NOT:
		truth = truth_at(c, node->left, env);
		return truth == TRUTH_UNKNOWN ? truth : truth == TRUTH_FALSE;
	case OP_KNOWN:
		value = value_at(c, node->left, env);
		return is_known(&value);
	default:
		return compare(c, node, env);
	}
}

enum truth
cond_eval(const struct cond *c, const struct cond_env *env)
{
	return c->n ? truth_at(c, c->n - 1, env) : TRUTH_TRUE;
}

double
cond_eval_number(const struct cond *c, const struct cond_env *env)
{
	return number_at(c, c->n - 1, env);
}
