# Other programs open the log and every table, and what they write again has the same cells; the log
# and the plan come back through ptlog as the same bytes.
setup() {
	load lib
	needs python3
	mkdir tables back
	catalogue=$(sed -n '/^\.Li conditions/,/settings/p' "$TESTS/../man/pttools.7" | grep -oE '[a-z-]{4,}')
	for table in $catalogue; do
		ptlog --list "$table" >"tables/$table.csv"
	done
	ptlog "$SAMPLES/visits.csv" >tables/log.csv
	ptplan "$SAMPLES/visits.csv" >tables/plan.csv
	ptplan --explain "$SAMPLES/visits.csv" >tables/explain.csv
	ptstat "$SAMPLES/visits.csv" >tables/series.csv
	ptstat --by condition "$SAMPLES/visits.csv" >tables/groups.csv
	ptstat --every week "$SAMPLES/visits.csv" >tables/timeline.csv
	ptstat --attention "$SAMPLES/visits.csv" >tables/attention.csv
	ls tables >names
	[ "$(wc -l <names)" -eq 22 ]
}

# each COMMAND: run for every table $f; it writes back/$f and complains of nothing.
each() {
	while read -r f; do
		export f
		attempt "$1"
		[ "$status" -eq 0 ] && [ ! -s stderr ] || told_wrong "$f: $1" || return 1
	done <names
}

unchanged() {
	python3 - <<-'!' || return 1
		import csv
		def cells(name):
		    return list(csv.reader(open(name, newline="")))
		wrong = [f for f in open("names").read().split() if cells("tables/" + f) != cells("back/" + f)]
		assert not wrong, wrong
	!
	for table in log plan; do
		agree "ptlog back/$table.csv" "ptlog tables/$table.csv" || return 1
	done
}

@test "Miller" {
	needs mlr
	each 'mlr --csv cat "tables/$f" >"back/$f"'
	unchanged
}

@test "csvkit" {
	needs csvformat
	each 'csvformat "tables/$f" >"back/$f"'
	unchanged
}

@test "SQLite" {
	needs sqlite3
	each 'sqlite3 -csv -header :memory: ".import --csv tables/$f t" "select * from t" >"back/$f"'
	unchanged
}

# With the types that it finds in the columns; then as text.
@test "DuckDB" {
	needs node
	modules=$TESTS/../bin/bench/node_modules
	[ -d "$modules/@duckdb" ] || skip 'DuckDB is not installed: npm install --prefix bin/bench @duckdb/node-api'
	ln -s "$(cd "$modules" && pwd)" node_modules
	cp "$TESTS/bench/duckdb.mjs" .
	count= copy=
	while read -r f; do
		count+="${count:+ UNION ALL }SELECT '$f', count(*) FROM read_csv('tables/$f')"
		copy+="COPY (FROM read_csv('tables/$f', all_varchar = true)) TO 'back/$f' (HEADER);"
	done <names
	quiet "node duckdb.mjs 1 \"$count\" >counts"
	while read -r f; do
		echo "$f,$(($(python3 -c 'import csv, sys; print(len(list(csv.reader(sys.stdin))))' <"tables/$f") - 1))"
	done <names | diff - counts
	quiet "node duckdb.mjs 1 \"$copy\""
	unchanged
	quiet "node duckdb.mjs 1 \"COPY (FROM read_csv('tables/log.csv')) TO 'typed.csv' (HEADER)\""
	agree 'ptlog typed.csv' 'cat tables/log.csv'
}

@test "R" {
	needs Rscript
	cat >copy.R <<-'!'
		for (f in readLines("names")) {
			table <- file.path("tables", f)
			stopifnot(nrow(read.csv(table)) > 0)
			text <- read.csv(table, colClasses = "character", na.strings = NULL, check.names = FALSE)
			write.csv(text, file.path("back", f), row.names = FALSE)
		}
	!
	quiet 'Rscript copy.R'
	unchanged
}

@test "Python's csv" {
	quiet "python3 -c 'import csv
for f in open(\"names\").read().split():
    csv.writer(open(\"back/\" + f, \"w\", newline=\"\")).writerows(csv.reader(open(\"tables/\" + f, newline=\"\")))'"
	unchanged
}

# As its dialogue opens a file; then with every column as text, for it takes May 2012 for a day.
@test "LibreOffice" {
	needs soffice
	convert() {
		HOME=$PWD soffice --headless --infilter="CSV:44,34,76,1$1" \
			--convert-to csv:'Text - txt - csv (StarCalc)':44,34,76,1,,0,false,$2,false \
			--outdir "$3" "${@:4}" >printed 2>&1
	}
	convert '' true typed tables/log.csv
	agree 'ptlog typed/log.csv' 'cat tables/log.csv'
	convert ",1/2$(printf '/%d/2' {2..64})" false back tables/*.csv
	unchanged
}
