/*
 * A mail that says the same twice, as text and as HTML (RFC 2045 to 2047), ready for
 * `sendmail -t -oi`: ASCII only, lines of at most 76 characters, or of one longer address.
 */
#ifndef PT_MIME_H
#define PT_MIME_H

#include <stdbool.h>

#include "base/str.h"

/*
 * Is this one address, or several with commas, that can stand in a To line as it is?  Only
 * user, user@host, letters, digits and . _ % + - : no blanks, no line breaks, no comments.
 */
bool mime_address_good(const char *address);
/*
 * The whole message.  Nothing in SUBJECT can begin another header: what is not printable ASCII is
 * encoded.  The same parts give the same bytes; date and sender are the mailer's.
 */
void mime_message(
        struct str *out, const char *to, const char *subject, struct slice text, struct slice html);

/* The body of a quoted-printable part. */
void mime_quoted(struct str *out, struct slice text);
/* A header's text as encoded words when it needs them, folded; NAME is the header's. */
void mime_header(struct str *out, const char *name, const char *text);

#endif
