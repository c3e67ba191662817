#include "base/effect.h"

static unsigned long count;

void
effect(void)
{
	count++;
}

unsigned long
effects(void)
{
	return count;
}
