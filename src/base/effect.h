/*
 * What reading a row, or working out a patient, does beside its result: a message, or something
 * remembered by which later ones are judged (not what is only remembered to be quicker).  It is
 * counted, so that a twin (base/twin.h) knows what it must leave to the other process: it never
 * knows what the other does not.  Whoever remembers something new calls effect().
 */
#ifndef PT_EFFECT_H
#define PT_EFFECT_H

/* One more. */
void effect(void);
unsigned long effects(void);

#endif
