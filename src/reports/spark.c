#include "reports/spark.h"

#include <math.h>

#include "base/num.h"

static double
clamp(double x, double lo, double hi)
{
	return x < lo ? lo : x > hi ? hi : x;
}

void
spark_text(struct str *out, const double *values, size_t n, double top, bool ascii)
{
	static const char *const bars[] = { "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█" };

	for (size_t i = 0; i < n; i++) {
		double share;

		if (!known(values[i])) {
			str_puts(out, ascii ? "." : "·");
			continue;
		}
		share = clamp(values[i] / top, 0, 1);
		if (ascii)
			str_putc(out, "0123456789X"[(size_t)lround(share * 10)]);
		else
			str_puts(out, bars[(size_t)lround(share * 7)]);
	}
}

void
spark_bar(struct str *out, double value, double top, size_t width, bool ascii)
{
	long n;

	if (!known(value))
		return;
	n = lround(clamp(value / top, 0, 1) * (double)width);
	while (n-- > 0)
		str_puts(out, ascii ? "#" : "█");
}
