# awk -f match.awk EXPECTED PRINTED: status 0 if they agree; "..." alone in EXPECTED stands for any
# lines, and blank lines at its end for nothing.
function agrees(i, j) {
	for (; i <= n; i++) {
		if (want[i] == "...") {
			for (; j <= m + 1; j++)
				if (agrees(i + 1, j))
					return 1
			return 0
		}
		if (j > m || want[i] != got[j++])
			return 0
	}
	return j > m
}
NR == FNR { want[++n] = $0; next }
{ got[++m] = $0 }
END {
	while (n && want[n] == "")
		n--
	while (m && got[m] == "")
		m--
	exit !agrees(1, 1)
}
