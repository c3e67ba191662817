/*
 * UTF-8 without a locale: the same answers under LANG=C and everywhere else.
 */
#ifndef PT_UTF8_H
#define PT_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The offset of the first byte that is not valid UTF-8, or n. */
size_t utf8_valid_length(const char *s, size_t n);
/* ASCII without controls: what needs no look at its characters. */
bool text_is_visible(const char *s, size_t n);
/* Decodes one character of valid UTF-8 and gives the bytes it takes. */
size_t utf8_decode(const char *s, size_t n, uint32_t *out);
size_t utf8_encode(char out[4], uint32_t c);

bool char_is_letter(uint32_t c);    /* letter or digit of any script, or a mark on one */
bool char_is_control(uint32_t c);   /* C0, DEL, C1 */
bool char_is_invisible(uint32_t c); /* zero width, soft hyphen, tags, … */
bool char_is_bidi(uint32_t c);      /* overrides and isolates */
/* Latin, Greek or Cyrillic: 1, 2, 3; others 0.  Two of them in one id is a look-alike. */
int char_script(uint32_t c);
size_t text_width(const char *s, size_t n);

#endif
