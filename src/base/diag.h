/*
 * What a program says on standard error and how it ends.  Every message is
 * one write, begins with the program's name, shows control characters as
 * visible escapes, and carries neither a patient's id nor a note.
 *
 * Only die(), usage_error() and the mains end a program.
 */
#ifndef PT_DIAG_H
#define PT_DIAG_H

#include <stdbool.h>

#include "base/str.h"

enum status {
	STATUS_DONE = 0,
	STATUS_REJECTED = 1, /* done, but rows were rejected */
	STATUS_FAILED = 2    /* not done: usage, unreadable input, full disk, no memory */
};

/*
 * Names the program, gives SIGPIPE its default action, opens no locale, and keeps descriptors 0
 * to 2 that came closed from being given to a file: using one of them fails with EBADF.
 */
void diag_begin(const char *program);
const char *diag_program(void);

/* A place in an input: any part may be left out (NULL, 0). */
struct place {
	const char *file;
	long line;
	const char *column;
};

/*
 * A row that is rejected: the status will be 1.  After 20 lines only a tally by column is
 * kept, and printed by diag_end().  diag_warning() is the same without the status.
 */
void diag_reject(struct place at, const char *format, ...) __attribute__((format(printf, 2, 3)));
void diag_warning(struct place at, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* A remark that is said once and counts for nothing. */
void diag_note(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* The same with the line "try: COMMAND" below. */
void diag_note_try(const char *command, const char *format, ...)
        __attribute__((format(printf, 2, 3)));
/* From now on warnings are rejections (--strict). */
void diag_strict(bool on);
long diag_rejected(void); /* how many so far */

/*
 * Ends with status 2 and one message; the second adds the line "try: COMMAND", the third "try:
 * PROGRAM --help".
 */
_Noreturn void die(const char *format, ...) __attribute__((format(printf, 1, 2)));
_Noreturn void die_try(const char *command, const char *format, ...)
        __attribute__((format(printf, 2, 3)));
_Noreturn void usage_error(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* A usage error about TEXT, which is shown with a caret under its byte AT. */
_Noreturn void usage_error_at(const char *text, size_t at, const char *format, ...)
        __attribute__((format(printf, 3, 4)));
_Noreturn void die_no_memory(void); /* allocates nothing */

/*
 * A value of the input for a message: 'quoted', escaped, at most 40 bytes of it.  Lives until the
 * fourth call after this one.
 */
const char *quote(struct slice value);

/*
 * Writes N bytes to standard output at once, past the buffer of stdio; a failure ends the program
 * with its reason.
 */
void diag_print(const char *s, size_t n);

/*
 * Prints the tally, closes standard output and judges both what stdio and what close() say of it.
 * The status to return from main.
 */
int diag_end(void);

#endif
