# Completion for fish: the options from --help, the names from the catalogue.

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
	complete -c $program -l item -s i -x -a '(__pttools_ids exercises measures medicines)'
	complete -c $program -l kind -s k -x -a 'exercise plan profile finding measure medicine redflag note void trial'
	complete -c $program -l where -s w -x -a 'date patient kind item value side sets reps load_kg seconds per_week pain_before pain_after dizzy_before dizzy_after settle_min rpe decision rule note recorded'
	for option in since until period today
		complete -c $program -l $option -x -a 'today yesterday this-week last-week this-month last-month'
	end
end
complete -c ptstat -l metric -x -a 'pain pain-response pain-next dizziness rpe sessions adherence gap volume minutes mme (__pttools_ids measures)'
complete -c ptstat -l by -x -a 'patient item focus condition approach therapist clinic all'
complete -c ptstat -l every -x -a 'day week month year'
complete -c ptreport -l as -x -a 'summary sheet story first-session table'
complete -c ptreport -l format -s f -x -a 'text markdown html'
complete -c ptlog -l sort -x -a 'date patient'
