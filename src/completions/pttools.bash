# Completion for ptlog, ptplan, ptstat and ptreport in bash.
# The options come from --help and the names from the catalogue, so nothing here can be out of date.

_pttools_words() {
	COMPREPLY=($(compgen -W "$1" -- "${2-$word}"))
}

_pttools_ids() {
	ptlog --list "$1" 2>/dev/null | sed '1d; s/,.*//'
}

# After the last comma: lists such as --by patient,item.
_pttools_list() {
	local before=
	[[ $word == *,* ]] && before=${word%,*},
	_pttools_words "$1" "${word##*,}"
	COMPREPLY=("${COMPREPLY[@]/#/$before}")
}

# Names of columns, also behind what a condition in quotes already says; there one name that fits is
# followed by what may come next, because readline would close the quote behind a single word.
_pttools_columns() {
	local before=${word%"${word##*[!a-z_]}"}
	_pttools_words "$1" "${word#"$before"}"
	[[ ${#COMPREPLY[@]} -ne 1 || $word != [\'\"]* ]] ||
		COMPREPLY=("$COMPREPLY "{=,!=,\<,\<=,\>,\>=})
	COMPREPLY=("${COMPREPLY[@]/#/${before#[\'\"]}}")
	compopt -o nospace
}

# Patients of the first log on the line, or of $PTLOG; at most its first megabyte is read.
_pttools_patients() {
	local log=${PTLOG-} argument
	for argument in "${COMP_WORDS[@]:1}"; do
		[[ $argument == -* || ! -f $argument ]] || { log=$argument; break; }
	done
	[ -f "$log" ] && head -c 1048576 "$log" | awk -F, '
		NR == 1 { for (i = 1; i <= NF; i++) if (tolower($i) == "patient") at = i; next }
		at && !seen[$at]++ { print $at }'
}

_pttools() {
	local word=${COMP_WORDS[COMP_CWORD]} option=${COMP_WORDS[COMP_CWORD-1]}
	# --option=word are three words to bash.
	[[ $word != = ]] || word=
	[[ $option != = ]] || option=${COMP_WORDS[COMP_CWORD-2]}
	local columns='date patient kind item value side sets reps load_kg seconds per_week pain_before
		pain_after dizzy_before dizzy_after settle_min rpe decision rule note recorded'
	local kinds='exercise plan profile finding measure medicine redflag note void trial'
	local periods='today yesterday this-week last-week this-month last-month'
	COMPREPLY=()
	case $option in
	-p | --patient) _pttools_list "$(_pttools_patients)" ;;
	-k | --kind) _pttools_list "$kinds" ;;
	-i | --item) _pttools_list "$(_pttools_ids exercises; _pttools_ids measures; _pttools_ids medicines)" ;;
	-w | --where) _pttools_columns "$columns" ;;
	-s | --since | -u | --until | -P | --period | --today) _pttools_words "$periods" ;;
	-f | --format) _pttools_words 'text markdown html' ;;
	--as) _pttools_words 'summary sheet story first-session table' ;;
	--by) _pttools_list 'patient item focus condition approach therapist clinic all' ;;
	--metric) _pttools_list "pain pain-response pain-next dizziness rpe sessions adherence gap volume
		minutes mme $(_pttools_ids measures)" ;;
	--every) _pttools_words 'day week month year' ;;
	--sort) _pttools_words 'date patient' ;;
	--from) _pttools_words 'strong hevy fitnotes de es fr nl'
		COMPREPLY+=($(compgen -f -- "$word")) ;;
	--unit) _pttools_words 'kg lb' ;;
	--date-format) _pttools_words 'ymd dmy mdy' ;;
	--color) _pttools_words 'auto always never' ;;
	--list) _pttools_words 'conditions equipment exercises findings first-session goals imports limits
		measures medicines phrases questions redflags rules settings' ;;
	--catalogue) COMPREPLY=($(compgen -d -- "$word")) ;;
	*)
		[[ $word != -* ]] || _pttools_words "$("$1" --help 2>/dev/null |
			sed -nE 's/^ +((-[a-zA-Z]), )?(--[a-z-]+).*/\2 \3/p')"
		;;
	esac
}
complete -o default -F _pttools ptlog ptplan ptstat ptreport
