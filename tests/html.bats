#!/usr/bin/env bats
# The HTML of ptreport: one harmless file that everybody can read, on a screen and on paper.

setup() {
	load lib
	LOG=$SAMPLES/visits.csv
}

# All kinds of report in HTML, as KIND.html.
all_reports() {
	for kind in summary sheet story first-session table; do
		ptreport --as $kind -f html "$1" >$kind.html 2>/dev/null || [ $? -eq 1 ]
	done
}

hostile() {
	cat <<'!'
date,patient,kind,item,value,sets,reps,per_week,pain_before,pain_after,decision,rule,note
2026-11-01,P.1_a-b,profile,condition,"<svg onload=""x"">",,,,,,,,
2026-11-01,P.1_a-b,profile,goal,"<b>walk</b> & ""so"" ]]> <!-- x",,,,,,,,
2026-11-01,P.1_a-b,profile,therapist,"<script>alert(1)</script>",,,,,,,,
2026-11-01,P.1_a-b,profile,language,"""><script>",,,,,,,,
2026-11-01,P.1_a-b,plan,bridge,,2,8,3,,,start,first-day,"</style></svg><img src=x onerror=""y"">"
2026-11-01,P.1_a-b,redflag,chest-pain,1,,,,,,,,'--><iframe src=//h.example>
2026-11-02,P.1_a-b,exercise,bridge,,2,8,,5,6,,,&#60;i&#62;
!
}

chrome() {
	needs chromium
	timeout 300 chromium --headless --no-sandbox --disable-gpu --user-data-dir="$PWD/profile" \
		--no-first-run --disable-background-networking --disable-component-update --disable-sync \
		--host-resolver-rules='MAP * ~NOTFOUND' "$@" \
		>chrome.out 2>chrome.err
}

@test "it parses as XML, with a closed set of elements and attributes" {
	needs python3
	hostile >hostile.csv
	for log in "$LOG" hostile.csv; do
		all_reports "$log"
		for file in *.html; do
			python3 - "$file" <<-'!'
				import re, sys
				import xml.etree.ElementTree as et
				text = open(sys.argv[1], encoding="utf-8").read()
				root = et.fromstring(text.replace("<!DOCTYPE html>", "", 1))
				tags = set("""html head meta title style body main h1 h2 h3 p ul li b span section table caption
				           thead tbody tr th td svg desc g path line circle text""".split())
				names = set("""lang charset http-equiv content name class scope role aria-labelledby id viewBox d
				            x y x1 y1 x2 y2 cx cy r tabindex aria-label""".split())
				for e in root.iter():
				    assert e.tag in tags, e.tag
				    assert set(e.attrib) <= names, (e.tag, e.attrib)
			!
		done
	done
}

@test "hostile texts are shown and not obeyed" {
	hostile >hostile.csv
	all_reports hostile.csv
	! grep -lE '<(script|img|iframe|i|svg onload)' *.html || told_wrong 'mark-up from the log'
	grep -qF '&lt;b&gt;walk&lt;/b&gt; &amp; "so" ]]&gt; &lt;!-- x' story.html
}

@test "a day is not parted at the end of a line" {
	ptreport --as story -p P01 -f html "$LOG" >story.html
	grep -qF 'from <span class="tight">2026-05-25</span> to <span class="tight">' story.html
	ptreport -f html --title '2026-05-25' "$LOG" | grep -qF '<title>2026-05-25</title>'
}

@test "nothing is loaded from elsewhere and a policy forbids it" {
	all_reports "$LOG"
	for file in *.html; do
		grep -qF "default-src 'none'; style-src 'unsafe-inline'" $file
		! grep -nE 'https?:|//[a-z]|url\(|@import|src=|href=|<script|<link' $file || told_wrong "$file refers"
	done
}

@test "every table has headers with a scope, every drawing a title and a description" {
	needs python3
	all_reports "$LOG"
	python3 - <<-'!'
		import xml.etree.ElementTree as et
		for name in ("summary", "story", "first-session", "table"):
		    root = et.fromstring(open(name + ".html").read().replace("<!DOCTYPE html>", "", 1))
		    assert root.get("lang")
		    assert len(root.findall(".//h1")) >= (name != "table")
		    for table in root.iter("table"):
		        rows = table.findall("thead/tr")
		        assert len(rows) == 1 and all(th.get("scope") == "col" for th in rows[0])
		        width = len(rows[0])
		        for row in table.findall("tbody/tr"):
		            assert len(row) == width
		            assert all(c.tag != "th" or c.get("scope") == "row" for c in row)
		    ids = [e.get("id") for e in root.iter() if e.get("id")]
		    assert len(ids) == len(set(ids)), "an id twice"
		    for svg in root.iter("svg"):
		        assert svg.get("role") == "img" and svg.find("title").text
		        if svg.get("class") == "chart":
		            assert svg.find("desc").text
		            assert set(svg.get("aria-labelledby").split()) == {svg.find("title").get("id"), svg.find("desc").get("id")}
	!
}

@test "text and ground differ enough, in light and in dark (WCAG AA)" {
	needs python3
	all_reports "$LOG"
	python3 - <<-'!'
		import re
		css = open("summary.html").read()
		def colours(block):
		    return dict(re.findall(r"--(\w+):(#[0-9a-f]{6})", block))
		light, dark = [colours(b) for b in re.findall(r":root\{([^}]*)\}", css)]
		def luminance(c):
		    parts = [int(c[i:i + 2], 16) / 255 for i in (1, 3, 5)]
		    r, g, b = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
		    return 0.2126 * r + 0.7152 * g + 0.0722 * b
		def contrast(a, b):
		    hi, lo = sorted((luminance(a), luminance(b)), reverse=True)
		    return (hi + 0.05) / (lo + 0.05)
		for theme in (light, {**light, **dark}):
		    for ink in ("ink", "quiet", "urgent", "soon", "watch", "good"):
		        for ground in ("ground", "band"):
		            assert contrast(theme[ink], theme[ground]) >= 4.5, (ink, ground)
		    for shape in ("course", "dose"):
		        assert contrast(theme[shape], theme["ground"]) >= 3, shape
	!
}

@test "a browser has nothing to say and asks for nothing" {
	needs python3
	needs chromium
	hostile >hostile.csv
	all_reports hostile.csv
	mkdir bad && mv *.html bad
	all_reports "$LOG"
	for file in *.html bad/*.html; do
		rm -f net.json
		chrome --enable-logging=stderr --log-net-log="$PWD/net.json" --screenshot="$PWD/shot.png" \
			"file://$PWD/$file"
		! grep CONSOLE chrome.err || told_wrong "$file: console"
		[ -s shot.png ]
		python3 - "$file" <<-'!'
			import re, sys
			asked = set(re.findall(r'"url":"([a-z-]+:[^"]*)"', open("net.json").read()))
			# the browser's own housekeeping is not the page's
			own = re.compile(r"(file|data|chrome|chrome-extension|blob|about):|https?://[^/]*\.(google|googleapis|gvt1|gstatic)\.com/")
			bad = [u for u in asked if not own.match(u)]
			assert not bad, bad
		!
	done
}

# What axe-core says of a page: it is run in a copy whose policy lets it in, in dark colours if asked.
axe() {
	python3 - "$AXE" "$1" "${2-}" >axe.html <<-'!'
		import re, sys
		axe, page, dark = open(sys.argv[1]).read(), open(sys.argv[2]).read(), sys.argv[3]
		page = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", page)
		if dark:
		    page = page.replace("(prefers-color-scheme:dark)", "(min-width:1px)")
		run = """axe.run().then(function (r) {
		    document.title = "axe " + r.passes.length + " " +
		        r.violations.map(function (v) { return v.id + ": " + v.nodes[0].html; }).join("; ");
		});"""
		print(page.replace("</body>", "<script>%s</script><script>%s</script></body>" % (axe, run)))
	!
	chrome --virtual-time-budget=60000 --dump-dom "file://$PWD/axe.html"
	grep -o '<title>axe .*</title>' chrome.out
}

@test "axe-core finds no violation, in light and in dark" {
	needs python3 chromium
	AXE=$TESTS/../bin/bench/node_modules/axe-core/axe.min.js
	[ -s "$AXE" ] || skip 'axe-core is not installed: npm install --prefix bin/bench axe-core'
	ptlog -p P02,P06 -s 2026-09-01 "$LOG" >short.csv # thousands of cells take minutes and tell no more
	all_reports short.csv
	for file in *.html; do
		for theme in '' dark; do
			said=$(axe "$file" $theme)
			[[ $said =~ ^'<title>axe '[1-9][0-9]*' </title>'$ ]] || told_wrong "$file $theme: $said"
		done
	done
}

# one_page KIND [PAPERS]: each patient's report is one page on either paper.
one_page() {
	local papers=${2:-letter a4}
	needs chromium pdfinfo
	for id in $(ptlog -k plan "$LOG" | cut -d, -f2 | sort -u | grep -v '^patient$'); do
		ptreport --as "$1" -f html -p "$id" "$LOG" >page.html
		for paper in $papers; do
			sed "s/@page{/@page{size:$paper;/" page.html >$paper.html
			chrome --no-pdf-header-footer --print-to-pdf="$PWD/$paper.pdf" "file://$PWD/$paper.html"
			pdfinfo $paper.pdf | grep -qE '^Pages: *1$' || {
				echo "$id, $paper: $(pdfinfo $paper.pdf | grep Pages)"
				return 1
			}
		done
	done
}

@test "a patient's handout is one page, on Letter and on A4" {
	one_page sheet
	# long words, many signs, a fall to tell of: on the paper of that language
	cat >two.csv <<-'!'
		date,patient,kind,item,value,side
		2026-11-20,P1,profile,language,de,
		2026-11-20,P1,profile,condition,low-back-pain,
		2026-11-20,P1,profile,condition,bppv,
		2026-11-20,P1,finding,limited-forward-bend,2,
		2026-11-20,P1,finding,dix-hallpike-positive,2,left
		2026-11-20,P1,finding,fall,1,
	!
	ptplan --tee --today 2026-11-20 two.csv >plan.csv
	LOG=plan.csv one_page sheet a4
}

@test "a story is the one page for the doctor, on Letter and on A4" {
	one_page story
}
