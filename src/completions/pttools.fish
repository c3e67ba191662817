# Completion for fish: the options from --help, the names from the catalogue.

# Names of columns, also behind what a condition in quotes already says.
function __pttools_columns
	set -l before (string replace -r -- '[a-z_]*$' '' (string trim -l -c '"\'' -- (commandline -ct)))
	for column in date patient kind item value side sets reps load_kg seconds per_week pain_before pain_after dizzy_before dizzy_after settle_min rpe decision rule note recorded
		echo "$before$column"
	end
end

# The words of a list, behind the last comma of what is already there.
function __pttools_list
	set -l before (string match -r -- '^.*,' (commandline -ct))
	for word in $argv
		echo "$before$word"
	end
end

function __pttools_ids
	for table in $argv
		ptlog --list $table 2>/dev/null | sed '1d; s/,.*//'
	end
end

# Patients of the first log on the line, or of $PTLOG; at most its first megabyte is read.
function __pttools_patients
	set -l log $PTLOG
	for word in (commandline -opc)[2..]
		if test -f $word
			set log $word
			break
		end
	end
	test -f "$log"; and head -c 1048576 $log | awk -F, '
		NR == 1 { for (i = 1; i <= NF; i++) if (tolower($i) == "patient") at = i; next }
		at && !seen[$at]++ { print $at }'
end

for program in ptlog ptplan ptstat ptreport
	$program --help 2>/dev/null | string match -r '^ +(?:-[a-zA-Z], )?--[a-z-]+.*' | while read -l line
		set -l name (string match -r -- '--([a-z-]+)' $line)[2]
		set -l letter (string match -r -- '^ *-([a-zA-Z]),' $line)[2]
		set -l help (string match -r -- '  ([a-z].*)$' (string trim $line))[2]
		complete -c $program -l $name (test -n "$letter"; and printf '%s\n' -s $letter) -d "$help"
	end
	complete -c $program -l patient -s p -x -a '(__pttools_list (__pttools_patients))'
	complete -c $program -l catalogue -x -a '(__fish_complete_directories)'
	complete -c $program -l today -x -a 'today yesterday'
end
for program in ptlog ptstat ptreport
	for option in '-l since -s s' '-l until -s u' '-l period -s P'
		complete -c $program (string split ' ' -- $option) -x -a 'today yesterday this-week last-week this-month last-month'
	end
end
complete -c ptlog -l item -s i -x -a '(__pttools_list (__pttools_ids exercises measures medicines))'
complete -c ptlog -l kind -s k -x -a '(__pttools_list exercise plan profile finding measure medicine redflag note void trial)'
complete -c ptlog -l where -s w -x -a '(__pttools_columns)'
complete -c ptstat -l metric -x -a '(__pttools_list pain pain-response pain-next dizziness rpe sessions adherence gap volume minutes mme (__pttools_ids measures))'
complete -c ptstat -l by -x -a '(__pttools_list patient item focus condition approach therapist clinic all)'
complete -c ptstat -l every -x -a 'day week month year'
complete -c ptreport -l as -x -a 'summary sheet story first-session table'
complete -c ptreport -l format -s f -x -a 'text markdown html'
complete -c ptlog -l sort -x -a 'date patient'
complete -c ptlog -l list -x -a 'conditions equipment exercises findings first-session goals imports limits measures medicines phrases questions redflags rules settings'
complete -c ptlog -l from -r -a 'strong hevy fitnotes de es fr nl'
complete -c ptlog -l unit -x -a 'kg lb'
complete -c ptlog -l date-format -x -a 'ymd dmy mdy'
complete -c ptreport -l color -x -a 'auto always never'
