/*
 * What reading a row does beside its result: a message, or something remembered by which later rows
 * are judged (not what is only remembered to be quicker).  It is counted, so that a process which
 * reads ahead of another (log/ahead.h) knows the rows that the other must read itself: it never
 * knows what the other does not.  Whoever remembers something new calls effect().
 */
#ifndef PT_EFFECT_H
#define PT_EFFECT_H

/* One more. */
void effect(void);
unsigned long effects(void);

#endif
