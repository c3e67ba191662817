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

for program in ptlog ptplan ptstat ptreport
	$program --help 2>/dev/null | string match -r '^ +(?:-[a-zA-Z], )?--[a-z-]+.*' | while read -l line
		set -l name (string match -r -- '--([a-z-]+)' $line)[2]
		set -l letter (string match -r -- '^ *-([a-zA-Z]),' $line)[2]
		set -l help (string match -r -- '  ([a-z].*)$' (string trim $line))[2]
		complete -c $program -l $name (test -n "$letter"; and printf '%s\n' -s $letter) -d "$help"
	end
	complete -c $program -l item -s i -x -a '(__pttools_list (__pttools_ids exercises measures medicines))'
	complete -c $program -l kind -s k -x -a 'exercise plan profile finding measure medicine redflag note void trial'
	complete -c $program -l where -s w -x -a '(__pttools_columns)'
	for option in since until period today
		complete -c $program -l $option -x -a 'today yesterday this-week last-week this-month last-month'
	end
end
complete -c ptstat -l metric -x -a '(__pttools_list pain pain-response pain-next dizziness rpe sessions adherence gap volume minutes mme (__pttools_ids measures))'
complete -c ptstat -l by -x -a '(__pttools_list patient item focus condition approach therapist clinic all)'
complete -c ptstat -l every -x -a 'day week month year'
complete -c ptreport -l as -x -a 'summary sheet story first-session table'
complete -c ptreport -l format -s f -x -a 'text markdown html'
complete -c ptlog -l sort -x -a 'date patient'
complete -c ptlog -l list -x -a 'exercises measures medicines conditions findings limits redflags rules goals equipment questions first-session settings'
complete -c ptlog -l from -x -a 'strong hevy fitnotes de es fr nl (__fish_complete_path)'
complete -c ptlog -l unit -x -a 'kg lb'
complete -c ptlog -l date-format -x -a 'ymd dmy mdy'
complete -c ptreport -l color -x -a 'auto always never'
