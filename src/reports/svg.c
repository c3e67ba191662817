#include "reports/svg.h"

#include <math.h>

#include "base/num.h"
#include "reports/escape.h"

/* Where things stand, in the drawing's own units. */
#define WIDE 720.0
#define LEFT 34.0
#define RIGHT 88.0
#define PLOT (WIDE - LEFT - RIGHT)
#define SYMPTOM_TOP 26.0
#define SYMPTOM_HIGH 150.0
#define DONE_TOP 204.0
#define DONE_HIGH 14.0
#define DOSE_TOP 250.0
#define DOSE_HIGH 54.0

static void
add_coordinate(struct str *out, double x)
{
	char text[NUM_TEXT];

	str_add(out, text, figure_write(text, x, 1));
}

static void
add_attribute(struct str *out, const char *name, double x)
{
	str_addf(out, " %s=\"", name);
	add_coordinate(out, x);
	str_putc(out, '"');
}

static void
add_line(struct str *out, const char *class, double x1, double y1, double x2, double y2)
{
	str_addf(out, "<line class=\"%s\"", class);
	add_attribute(out, "x1", x1);
	add_attribute(out, "y1", y1);
	add_attribute(out, "x2", x2);
	add_attribute(out, "y2", y2);
	str_puts(out, "/>\n");
}

static void
add_text(struct str *out, const char *class, double x, double y, const char *text)
{
	str_addf(out, "<text class=\"%s\"", class);
	add_attribute(out, "x", x);
	add_attribute(out, "y", y);
	str_putc(out, '>');
	escape_html(out, text, strlen(text));
	str_puts(out, "</text>\n");
}

static void
add_title(struct str *out, const char *text)
{
	str_puts(out, "<title>");
	escape_html(out, text, strlen(text));
	str_puts(out, "</title>");
}

static double
x_of(const struct chart *c, int day)
{
	int days = c->to > c->from ? c->to - c->from : 1;

	return LEFT + PLOT * (day - c->from) / days;
}

static double
symptom_y(double value)
{
	return SYMPTOM_TOP + SYMPTOM_HIGH * (1 - value / 10);
}

double
svg_ceiling(double x)
{
	static const double steps[] = { 1, 2, 2.5, 5, 10 };
	double ten;

	if (!(x > 0))
		return 1;
	ten = pow(10, floor(log10(x)));
	for (size_t i = 0; i < sizeof(steps) / sizeof *(steps); i++)
		if (steps[i] * ten >= x - NUM_SLACK)
			return steps[i] * ten;
	return 10 * ten;
}

/* The scale of 0 to 10 with its lines, and the lines to judge by. */
static void
add_symptom_scale(struct str *out, const struct chart *c)
{
	double baseline_y = symptom_y(c->baseline), target_y = symptom_y(c->target);
	struct str title = STR_INIT;

	str_addf(&title, "%s at rest, 0 to 10", c->symptom);
	add_text(out, "label", LEFT, SYMPTOM_TOP - 12, str_text(&title));
	str_free(&title);
	for (int value = 0; value <= 10; value += 2) {
		char text[NUM_TEXT];

		text[num_write(text, value)] = '\0';
		add_line(out, "grid", LEFT, symptom_y(value), WIDE - RIGHT, symptom_y(value));
		add_text(out, "tick end", LEFT - 6, symptom_y(value) + 4, text);
	}
	if (known(c->baseline)) {
		add_line(out, "baseline", LEFT, baseline_y, WIDE - RIGHT, baseline_y);
		add_text(out, "tick", WIDE - RIGHT + 5, baseline_y + 4, "at the start");
	}
	if (known(c->target) && c->target >= 0) {
		add_line(out, "target", LEFT, target_y, WIDE - RIGHT, target_y);
		if (fabs(target_y - baseline_y) < 12) /* the words would lie on each other */
			target_y = baseline_y + 12;
		add_text(out, "tick", WIDE - RIGHT + 5, target_y + 4, "clearly better");
	}
}

/* A line through the values, broken where nothing was noted for long. */
static void
add_course(struct str *out, const struct chart *c)
{
	int before = DAY_NONE;

	if (c->values.n == 0)
		return;
	str_puts(out, "<path class=\"course\" d=\"");
	for (size_t i = 0; i < c->values.n; i++) {
		const struct daily *v = &c->values.at[i];

		str_putc(out, before == DAY_NONE || v->day - before > CHART_GAP ? 'M' : 'L');
		add_coordinate(out, x_of(c, v->day));
		str_putc(out, ' ');
		add_coordinate(out, symptom_y(v->value));
		before = v->day;
	}
	str_puts(out, "\"/>\n");
	for (size_t i = 0; i < c->values.n; i++) {
		str_puts(out, "<circle class=\"value\"");
		add_attribute(out, "cx", x_of(c, c->values.at[i].day));
		add_attribute(out, "cy", symptom_y(c->values.at[i].value));
		add_attribute(out, "r", c->values.n > 150 ? 1 : 2);
		str_puts(out, "/>\n");
	}
}

static void
add_mark(struct str *out, const struct chart *c, const struct chart_mark *m)
{
	char day[DATE_TEXT];
	double x = x_of(c, m->day), foot = SYMPTOM_TOP + SYMPTOM_HIGH;
	struct str title = STR_INIT;

	str_add(&title, day, day_write(day, m->day));
	str_addf(&title, ": %s", m->text);
	str_puts(out, "<g>");
	add_title(out, str_text(&title));
	if (m->mark == MARK_FLAG) {
		add_line(out, "flag", x, SYMPTOM_TOP - 6, x, foot);
		str_puts(out, "<path class=\"flagtop\" d=\"M");
		add_coordinate(out, x);
		str_puts(out, " 14L");
		add_coordinate(out, x + 11);
		str_puts(out, " 19L");
		add_coordinate(out, x);
		str_puts(out, " 24Z\"/>");
	} else if (m->mark == MARK_CARE) {
		add_line(out, "care", x, SYMPTOM_TOP, x, foot);
	} else {
		str_puts(out, "<path class=\"plan\" d=\"M");
		add_coordinate(out, x);
		str_puts(out, " 179l4.5 8h-9Z\"/>");
	}
	str_puts(out, "</g>\n");
	str_free(&title);
}

static void
add_done(struct str *out, const struct chart *c)
{
	for (size_t i = 0; i < c->done.n; i++) {
		double x = x_of(c, c->done.at[i].day);

		add_line(out, "done", x, DONE_TOP, x, DONE_TOP + DONE_HIGH);
	}
	add_line(out, "axis", LEFT, DONE_TOP + DONE_HIGH, WIDE - RIGHT, DONE_TOP + DONE_HIGH);
	add_text(out, "tick", WIDE - RIGHT + 5, DONE_TOP + DONE_HIGH - 2, "days exercised");
}

static double
highest(const struct dailies *d)
{
	double most = 0;

	for (size_t i = 0; i < d->n; i++)
		if (known(d->at[i].value) && d->at[i].value > most)
			most = d->at[i].value;
	return most;
}

/* Is no amount known of the day after this one? */
static bool
ends_line(const struct dailies *d, size_t i)
{
	return i + 1 == d->n || d->at[i + 1].day > d->at[i].day + 1;
}

/*
 * Amounts stay as they are until the next row says otherwise: steps, not slopes.  Days without one
 * are a gap: a switch to what has no factor must not look like the dose before.
 */
static void
add_dose_line(struct str *out, const struct chart *c, double top)
{
	bool down = false;
	double before = UNKNOWN;

	str_puts(out, "<path class=\"dose\" d=\"");
	for (size_t i = 0; i < c->doses.n; i++) {
		const struct daily *d = &c->doses.at[i];

		if (d->day < c->from || !known(d->value)) {
			down = false;
			continue;
		}
		if (down && d->value == before && !ends_line(&c->doses, i))
			continue;
		str_putc(out, down ? 'H' : 'M');
		add_coordinate(out, x_of(c, d->day));
		str_putc(out, down ? 'V' : ' ');
		add_coordinate(out, DOSE_TOP + DOSE_HIGH * (1 - d->value / top));
		down = !ends_line(&c->doses, i);
		before = d->value;
	}
	str_puts(out, "\"/>\n");
}

static void
add_doses(struct str *out, const struct chart *c)
{
	double top = svg_ceiling(highest(&c->doses));
	char text[NUM_TEXT];

	text[num_write(text, top)] = '\0';
	add_text(out, "label", LEFT, DOSE_TOP - 10, c->medicine);
	add_line(out, "grid", LEFT, DOSE_TOP, WIDE - RIGHT, DOSE_TOP);
	add_line(out, "axis", LEFT, DOSE_TOP + DOSE_HIGH, WIDE - RIGHT, DOSE_TOP + DOSE_HIGH);
	add_text(out, "tick end", LEFT - 6, DOSE_TOP + 4, text);
	add_text(out, "tick end", LEFT - 6, DOSE_TOP + DOSE_HIGH + 4, "0");
	add_dose_line(out, c, top);
}

/* Dates under the plot: first days of weeks, months or years, at most about eight. */
static void
add_dates(struct str *out, const struct chart *c, double y)
{
	int days = c->to - c->from;
	enum every every = days <= 120 ? EVERY_WEEK : days <= 1100 ? EVERY_MONTH : EVERY_YEAR;
	int periods = every == EVERY_WEEK ? days / 7
	        : every == EVERY_MONTH    ? days / 30
	                                  : days / 365;
	int step = periods / 8 + 1, count = 0;

	for (int day = period_of(c->from, every).from; day <= c->to;
	        day = period_of(day, every).to + 1) {
		char text[DATE_TEXT];
		size_t n =
		        every == EVERY_WEEK ? day_write(text, day) : period_write(text, day, every);

		if (day < c->from || count++ % step)
			continue;
		text[n] = '\0';
		add_line(out, "axis", x_of(c, day), y - 14, x_of(c, day), y - 10);
		add_text(out, "tick middle", x_of(c, day), y, text);
	}
}

static void
add_begin(struct str *out, const struct chart *c, double high, unsigned serial)
{
	str_addf(out, "<svg class=\"chart\" role=\"img\" aria-labelledby=\"t%u d%u\"", serial,
	        serial);
	str_puts(out, " viewBox=\"0 0 720 ");
	add_coordinate(out, high);
	str_addf(out, "\">\n<title id=\"t%u\">", serial);
	escape_html(out, c->title, strlen(c->title));
	str_addf(out, "</title>\n<desc id=\"d%u\">", serial);
	escape_html(out, c->desc, strlen(c->desc));
	str_puts(out, "</desc>\n");
}

void
svg_chart(struct str *out, const struct chart *c, unsigned serial)
{
	double foot = c->medicine ? DOSE_TOP + DOSE_HIGH : DONE_TOP + DONE_HIGH;

	add_begin(out, c, foot + 24, serial);
	add_symptom_scale(out, c);
	for (size_t i = 0; i < c->marks; i++)
		add_mark(out, c, &c->mark[i]);
	add_course(out, c);
	add_done(out, c);
	if (c->medicine)
		add_doses(out, c);
	add_dates(out, c, foot + 18);
	str_puts(out, "</svg>\n");
}

void
svg_spark(struct str *out, const double *values, size_t n, double top, const char *title)
{
	bool down = false;
	double step = n > 1 ? 96.0 / (double)(n - 1) : 0;

	str_puts(out, "<svg class=\"spark\" role=\"img\" viewBox=\"0 0 100 24\">");
	add_title(out, title);
	str_puts(out, "<line class=\"axis\" x1=\"0\" y1=\"23\" x2=\"100\" y2=\"23\"/>");
	str_puts(out, "<path class=\"course\" d=\"");
	for (size_t i = 0; i < n; i++) {
		if (known(values[i])) {
			str_putc(out, down ? 'L' : 'M');
			add_coordinate(out, 2 + step * (double)i);
			str_putc(out, ' ');
			add_coordinate(out, 22 - 20 * fmin(values[i] / top, 1));
			if (!down) /* a value between two gaps is a dot */
				str_puts(out, "h.1");
		}
		down = known(values[i]);
	}
	str_puts(out, "\"/></svg>");
}
