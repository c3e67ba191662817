/*
 * A compiled condition, for cond_parse.c and cond_eval.c alone: nodes in one
 * array, operands before what works on them, the root last.
 */
#ifndef PT_COND_TREE_H
#define PT_COND_TREE_H

#include <stdint.h>

#include "log/cond.h"

enum cond_op {
	OP_NUMBER,
	OP_TEXT,
	OP_NAME,
	OP_CALL,  /* left: the argument */
	OP_KNOWN, /* left: the argument */
	OP_MINUS, /* left */
	OP_ADD,
	OP_SUBTRACT,
	OP_MULTIPLY,
	OP_DIVIDE,
	OP_EQUAL,
	OP_UNEQUAL,
	OP_LESS,
	OP_AT_MOST,
	OP_MORE,
	OP_AT_LEAST,
	OP_NOT, /* left */
	OP_AND,
	OP_OR
};

struct cond_node {
	enum cond_op op;
	uint16_t left, right;
	int id;            /* OP_NAME, OP_CALL */
	double number;     /* OP_NUMBER */
	struct slice text; /* OP_TEXT: unquoted and terminated; belongs to the condition */
};

struct cond {
	struct cond_node *node;
	size_t n, cap;
	char *texts;     /* the bytes of all 'texts' */
	size_t mismatch; /* offset of a comparison of text with a number */
	bool has_mismatch;
};

#endif
