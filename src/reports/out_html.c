/* One HTML file that needs nothing else: no script, no reference, XML as well. */
#include "reports/escape.h"
#include "reports/out.h"
#include "reports/svg.h"
#include "reports/text.h"

static const char *const tone_class[TONE_COUNT] = { "", "urgent", "soon", "watch", "good",
	"quiet" };

/*
 * All pairs of text and ground reach a contrast of 4.5 to 1 or more, in light and dark
 * (tests/html.bats reckons it from these very lines).  On paper the light colours are used.
 */
static const char style[] =
        ":root{--ground:#ffffff;--ink:#1b1f24;--quiet:#57606a;--line:#d0d7de;--faint:#eaeef2;"
        "--urgent:#a40e26;--soon:#8a4600;--watch:#0550ae;--good:#116329;--course:#0550ae;"
        "--dose:#6639ba;--band:#f6f8fa}\n"
        "@media screen and (prefers-color-scheme:dark){:root{--ground:#0d1117;--ink:#e6edf3;"
        "--quiet:#9ea7b3;--line:#3d444d;--faint:#21262d;--urgent:#ff8b85;--soon:#f0b060;"
        "--watch:#79c0ff;--good:#6fdd8b;--course:#79c0ff;--dose:#d2a8ff;--band:#161b22}}\n"
        "*{box-sizing:border-box}\n"
        "html{color-scheme:light dark}\n"
        "body{margin:0;background:var(--ground);color:var(--ink);font:16px/1.5 system-ui,"
        "\"Segoe UI\",\"Noto Sans\",\"DejaVu Sans\",sans-serif}\n"
        "main{max-width:60rem;margin:0 auto;padding:1.5rem 1rem 3rem}\n"
        "h1{font-size:1.7rem;line-height:1.2;margin:0 0 .6rem}\n"
        "h2{font-size:1.25rem;line-height:1.3;margin:2rem 0 .5rem;padding-bottom:.2rem;"
        "border-bottom:2px solid var(--line)}\n"
        "h3{font-size:1.05rem;line-height:1.3;margin:1.4rem 0 .3rem}\n"
        "p{margin:.4rem 0 .8rem;max-width:48rem}\n"
        "ul{margin:.4rem 0 1rem;padding-left:1.4rem}\n"
        "li{margin:.25rem 0;max-width:48rem}\n"
        "section{break-inside:avoid;margin:0 0 1rem}\n"
        ".wide{overflow-x:auto;break-inside:auto}\n"
        "table{border-collapse:collapse;width:100%;margin:.6rem 0 1.2rem;font-size:.95rem}\n"
        "caption{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);"
        "white-space:nowrap}\n"
        "th,td{text-align:left;vertical-align:top;padding:.35rem 1.1rem .35rem 0;"
        "border-bottom:1px solid var(--line)}\n"
        "th:last-child,td:last-child{padding-right:0}\n"
        "thead th{font-size:.85rem;color:var(--quiet);border-bottom:2px solid var(--line);"
        "vertical-align:bottom}\n"
        "tbody th{font-weight:600}\n"
        ".tight{white-space:nowrap}\n"
        ".words{min-width:min(14rem,50vw)}\n"
        ".number{text-align:right;font-variant-numeric:tabular-nums}\n"
        ".urgent{color:var(--urgent)}\n"
        ".soon{color:var(--soon)}\n"
        ".watch{color:var(--watch)}\n"
        ".good{color:var(--good)}\n"
        ".quiet{color:var(--quiet)}\n"
        "td.tight.urgent,td.tight.soon,td.tight.watch,td.tight.good,p.urgent{font-weight:600}\n"
        ".lights{list-style:none;padding:0}\n"
        ".lights li{border-left:.8rem solid;padding:.3rem .8rem;margin:.35rem 0;"
        "background:var(--band);max-width:none}\n"
        ".lights li span{color:var(--ink)}\n"
        ".chart{display:block;width:100%;height:auto;margin:.4rem 0 1rem}\n"
        ".spark{width:100px;height:24px;display:block}\n"
        "svg text{font-size:12px;fill:var(--ink)}\n"
        "svg .tick{fill:var(--quiet);font-size:11px}\n"
        "svg .end{text-anchor:end}\n"
        "svg .middle{text-anchor:middle}\n"
        "svg .label{font-weight:600}\n"
        "svg .grid{stroke:var(--faint)}\n"
        "svg .axis{stroke:var(--line)}\n"
        "svg .baseline{stroke:var(--quiet);stroke-dasharray:6 4}\n"
        "svg .target{stroke:var(--good);stroke-dasharray:2 3;stroke-width:1.5}\n"
        "svg .course{fill:none;stroke:var(--course);stroke-width:2;stroke-linejoin:round;"
        "stroke-linecap:round}\n"
        "svg .value{fill:var(--course)}\n"
        "svg .done{stroke:var(--good);stroke-width:2}\n"
        "svg .dose{fill:none;stroke:var(--dose);stroke-width:2}\n"
        "svg .flag{stroke:var(--urgent);stroke-width:1.5}\n"
        "svg .flagtop{fill:var(--urgent)}\n"
        "svg .plan{fill:var(--soon)}\n"
        "svg .care{stroke:var(--soon);stroke-dasharray:3 3}\n"
        ".sheet{font-size:19px;line-height:1.35}\n"
        ".sheet main{max-width:50rem}\n"
        ".sheet h1{font-size:1.5em}\n"
        ".sheet h2{font-size:1.05em;margin:.55em 0 .15em;border:0;padding:0}\n"
        ".sheet section h2{margin:.3em 0 0}\n"
        ".sheet p{margin:0 0 .15rem;max-width:none}\n"
        ".sheet section{margin:0;padding:0 0 .25rem;border-bottom:1px solid var(--line)}\n"
        ".sheet section .quiet{font-size:.9em}\n"
        ".sheet ul{margin:.2rem 0;columns:2;column-gap:2rem}\n"
        ".sheet .lights{columns:1}\n"
        ".sheet li{margin:.1rem 0;break-inside:avoid}\n"
        ".sheet .lights li{padding:.2rem .7rem;margin:.25rem 0}\n"
        ".dose{display:flex;justify-content:space-between;gap:1em;font-weight:700;font-size:1.1em;"
        "color:var(--watch)}\n"
        ".boxes{white-space:nowrap;padding-right:2px}\n"
        ".box{display:inline-block;width:1.2em;height:1.2em;border:2px solid var(--ink);"
        "border-radius:3px;margin:0 0 0 .4em;vertical-align:-.2em}\n"
        ".page{break-before:page;margin:0}\n"
        "@page{margin:11mm 14mm}\n"
        "@media print{\n"
        "html{color-scheme:light}\n"
        "html{font-size:9pt}\n"
        "body{font-size:1rem;line-height:1.27}\n"
        ".sheet{font-size:12pt;line-height:1.2}\n"
        ".sheet main:has(ul:not(.lights)>li:nth-child(7)){font-size:11pt}\n"
        "main,.sheet main{max-width:none;padding:0}\n"
        "h1{font-size:1.5rem}h3{margin:.5rem 0 .2rem}\n"
        "h2{margin:.45rem 0 .15rem;font-size:1.1rem;padding:0;border-width:1px}\n"
        "p,ul,table{margin:.15rem 0 .25rem}\n"
        "p,li{max-width:none}\n"
        "ul{columns:2;column-gap:2rem}.lights{columns:1}\n"
        "li,.lights li{margin:.1rem 0}\n"
        ".lights li{padding:.1rem .6rem}\n"
        "th,td{padding:.15rem .8rem .15rem 0}\n"
        "thead{display:table-header-group}\n"
        "tr,li,.chart{break-inside:avoid}\n"
        "h2,h3{break-after:avoid}\n"
        ".wide{overflow:visible}\n"
        ".chart{width:47%;margin:0}\n"
        ".chart:has(+.quiet),.chart+.quiet{display:inline-block;vertical-align:bottom;width:47%}\n"
        "section:has(>h3+.chart){display:inline-block;width:49%;padding-right:1rem}"
        "h3+.chart{width:100%}\n"
        ".lights li{print-color-adjust:exact}\n"
        "}\n";

#define DAY_BYTES 10
#define WORDS_LONG 40 /* bytes of a text that a narrow column would make a tower of */

static bool
is_day(const char *s)
{
	for (const char *shape = "0000-00-00"; *shape; shape++, s++)
		if (*shape == '-' ? *s != '-' : *s < '0' || *s > '9')
			return false;
	return true;
}

/* No line ends inside a day, whose hyphens stay what an option takes when they are copied. */
static void
add(struct out *out, const char *text)
{
	const char *from = text;

	for (const char *s = text; *s; s++) {
		if (!is_day(s))
			continue;
		escape_html(&out->text, from, (size_t)(s - from));
		str_addf(&out->text, "<span class=\"tight\">%.*s</span>", DAY_BYTES, s);
		from = s + DAY_BYTES;
		s = from - 1;
	}
	escape_html(&out->text, from, strlen(from));
}

static void
add_class(struct out *out, const char *one, const char *two)
{
	if (*one || *two)
		str_addf(&out->text, " class=\"%s%s%s\"", one, *one && *two ? " " : "", two);
}

static void
add_element(struct out *out, const char *tag, const char *class, const char *text)
{
	str_addf(&out->text, "<%s", tag);
	add_class(out, class, "");
	str_putc(&out->text, '>');
	add(out, text);
	str_addf(&out->text, "</%s>", tag);
}

static void
html_begin(struct out *out, const char *title, enum look look)
{
	struct str *t = &out->text;

	str_puts(t, "<!DOCTYPE html>\n<html lang=\"");
	escape_attribute(t, out->lang, strlen(out->lang));
	str_puts(t, "\">\n<head>\n<meta charset=\"utf-8\"/>\n");
	str_puts(t,
	        "<meta http-equiv=\"Content-Security-Policy\" "
	        "content=\"default-src 'none'; style-src 'unsafe-inline'\"/>\n");
	str_puts(t, "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n");
	str_puts(t, "<meta name=\"referrer\" content=\"no-referrer\"/>\n");
	str_puts(t, "<title>");
	escape_html(t, title, strlen(title));
	str_addf(t, "</title>\n<style>\n%s</style>\n</head>\n", style);
	str_addf(t, "<body%s>\n<main>\n", look == LOOK_SHEET ? " class=\"sheet\"" : "");
}

static void
html_heading(struct out *out, int level, const char *text)
{
	char tag[] = "h1";

	tag[1] = (char)('0' + level);
	add_element(out, tag, "", text);
	str_putc(&out->text, '\n');
}

static void
html_paragraph(struct out *out, enum tone tone, const char *text)
{
	add_element(out, "p", tone_class[tone], text);
	str_putc(&out->text, '\n');
}

static void
html_list(struct out *out, enum list_kind kind, const struct point *point, size_t n)
{
	str_puts(&out->text, "<ul");
	add_class(out, kind == LIST_LIGHTS ? "lights" : "", "");
	str_puts(&out->text, ">\n");
	for (size_t i = 0; i < n; i++) {
		str_puts(&out->text, "<li");
		add_class(out, kind == LIST_LIGHTS ? tone_class[point[i].tone] : "", "");
		str_putc(&out->text, '>');
		if (point[i].lead) {
			add_element(out, "b", kind == LIST_LIGHTS ? "" : tone_class[point[i].tone],
			        point[i].lead);
			str_puts(&out->text, ": ");
		}
		add_element(out, "span", "", point[i].text);
		str_puts(&out->text, "</li>\n");
	}
	str_puts(&out->text, "</ul>\n");
}

static void
add_cell(struct out *out, const struct grid_column *column, const struct grid_cell *cell)
{
	bool heads =
	        column->key && (cell->course || *cell->text); /* an empty header names nothing */
	const char *tag = heads ? "th" : "td";
	const char *shape = column->wrap      ? strlen(cell->text) > WORDS_LONG ? "words" : ""
	        : column->align == ALIGN_LEFT ? "tight"
	                                      : "tight number";

	str_addf(&out->text, "<%s", tag);
	add_class(out, shape, tone_class[cell->tone]);
	str_puts(&out->text, heads ? " scope=\"row\">" : ">");
	if (cell->course)
		svg_spark(&out->text, cell->value, cell->values, 10, cell->text);
	else
		add(out, cell->text);
	str_addf(&out->text, "</%s>", tag);
}

static void
html_table(struct out *out, const struct grid *g)
{
	struct str *t = &out->text;
	const char *label = g->caption ? g->caption : "Table";

	/* a table that is wider than the screen is moved by keyboard too */
	str_puts(t, "<section class=\"wide\" tabindex=\"0\" role=\"group\" aria-label=\"");
	escape_attribute(t, label, strlen(label));
	str_puts(t, "\">\n<table>\n");
	if (g->caption) {
		add_element(out, "caption", "", g->caption);
		str_putc(t, '\n');
	}
	str_puts(t, "<thead><tr>");
	for (size_t i = 0; i < g->columns; i++) {
		str_puts(t, "<th scope=\"col\"");
		add_class(out, g->column[i].align == ALIGN_LEFT ? "" : "number", "");
		str_putc(t, '>');
		add(out, g->column[i].title);
		str_puts(t, "</th>");
	}
	str_puts(t, "</tr></thead>\n<tbody>\n");
	for (size_t row = 0; row < grid_rows(g); row++) {
		str_puts(t, "<tr>");
		for (size_t i = 0; i < g->columns; i++)
			add_cell(out, &g->column[i], grid_at(g, row, i));
		str_puts(t, "</tr>\n");
	}
	str_puts(t, "</tbody>\n</table></section>\n");
}

static void
html_chart(struct out *out, const struct chart *c)
{
	svg_chart(&out->text, c, ++out->serial);
}

static void
html_dose(struct out *out, const char *text, int boxes)
{
	str_puts(&out->text, "<p class=\"dose\">");
	add(out, text);
	str_puts(&out->text, "<span class=\"boxes\">");
	text_repeat(&out->text, "<span class=\"box\"></span>", (size_t)boxes);
	str_puts(&out->text, "</span></p>\n");
}

static void
html_open(struct out *out)
{
	str_puts(&out->text, "<section>\n");
}

static void
html_close(struct out *out)
{
	str_puts(&out->text, "</section>\n");
}

/* The paper's new sheet is the next thing that begins: an empty paragraph in front of it. */
static void
html_page(struct out *out)
{
	str_puts(&out->text, "<p class=\"page\"></p>\n");
}

static void
html_end(struct out *out)
{
	str_puts(&out->text, "</main>\n</body>\n</html>\n");
}

const struct out_format out_html = {
	.name = "html",
	.draws = true,
	.begin = html_begin,
	.heading = html_heading,
	.paragraph = html_paragraph,
	.list = html_list,
	.table = html_table,
	.chart = html_chart,
	.dose = html_dose,
	.open = html_open,
	.close = html_close,
	.page = html_page,
	.end = html_end,
};
