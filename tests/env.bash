# The one environment of all tests: programs from PT_BIN, a fixed clock, zone and language.
PT_BIN=${PT_BIN:-$(cd "$(dirname "${BASH_SOURCE[0]}")/../bin" && pwd)}
export PT_BIN PATH="$PT_BIN:$PATH"
export SOURCE_DATE_EPOCH=1795435200 # 2026-11-23T12:00:00Z
export TZ=UTC LC_ALL=C.UTF-8 COLUMNS=80 TERM=dumb
unset PTLOG PTCATALOGUE NO_COLOR
