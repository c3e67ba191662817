# Random small logs: every figure of ptstat against define.R.
#
#   Rscript tests/oracle/run.R FIRST COUNT     seeds FIRST … FIRST+COUNT-1; ptstat from PATH
#
# Each seed makes one log and asks for one table of each sort.  What differs is printed with its
# seed, so `Rscript tests/oracle/run.R SEED 1` shows it again; the log is left in oracle-SEED.csv.
# The last line is "N logs, N cells, N wrong"; status 1 if any is wrong.
here <- dirname(sub("^--file=", "", grep("^--file=", commandArgs(), value = TRUE)))
source(file.path(here, "define.R"))
table_of <- function(name) read.csv(file.path(here, "../../src/catalogue", name), colClasses = "character", na.strings = NULL, encoding = "UTF-8")
MEASURES <- table_of("measures.csv"); MEDICINES <- table_of("medicines.csv"); FLAGS <- table_of("redflags.csv")
arguments <- commandArgs(TRUE); first <- as.integer(arguments[1]); count <- as.integer(arguments[2])

COLUMNS <- c("date", "patient", "kind", "item", "value", "side", "sets", "reps", "load_kg", "seconds", "per_week", "pain_before", "pain_after",
  "dizzy_before", "dizzy_after", "rpe", "decision", "rule")
one <- function(x, p = NULL) x[sample.int(length(x), 1, prob = p)]
maybe <- function(p, x) if (runif(1) < p) as.character(x) else ""
START <- as.integer(as.Date("2026-03-02"))

exercise <- function(style) {
  r <- list(kind = one(c("exercise", "")), item = one(c("sit-to-stand", "step-up", "bridge")), side = one(c("", "left", "right", "both"), c(6, 2, 2, 1)),
    sets = maybe(0.8, one(0:4, c(1, 4, 4, 4, 1))), reps = maybe(0.8, one(c(0, 6, 8, 10, 12), c(1, 3, 3, 3, 3))),
    load_kg = maybe(0.4, one(c(0, 2.5, 5, 7.25, 20))), seconds = maybe(0.3, one(c(0, 10, 30, 45.5))),
    pain_before = maybe(style$rate, min(10, max(0, round(style$pain + rnorm(1, 0, 1.2), style$digits)))), pain_after = maybe(style$rate, round(runif(1, 0, 9), style$digits)),
    dizzy_before = maybe(0.2, one(0:10)), dizzy_after = maybe(0.1, one(0:10)), rpe = maybe(0.4, one(0:10)))
  r
}
plan <- function(style) list(kind = "plan", item = one(c("sit-to-stand", "step-up", "bridge")), side = one(c("", "left", "both"), c(6, 1, 1)),
  sets = maybe(0.9, one(c(0, 2, 3), c(1, 5, 5))), reps = "10", per_week = maybe(0.9, one(c(0, 2, 3, 5, 7), c(1, 4, 4, 4, 4))),
  decision = one(c("start", "progress", "hold", "stop", "pause", "review", "override"), c(6, 3, 4, 1, 1, 1, 1)), rule = "default-hold")
measure <- function(style) {
  m <- one(c("nprs", "odi", "tug", "grip-strength", "lefs", "wall-sit", "dizziness-vas"))
  list(kind = "measure", item = m, value = maybe(0.95, switch(m, nprs = , `dizziness-vas` = one(0:10), odi = one(seq(0, 60, 2)), lefs = one(10:70), round(runif(1, 1, 40), 1))),
    side = if (m %in% c("grip-strength", "wall-sit")) one(c("", "left", "right")) else "")
}
medicine <- function(style) list(kind = "medicine", item = one(c("tramadol", "morphine", "fentanyl-patch", "buprenorphine-patch", "ibuprofen"), c(4, 3, 2, 1, 2)),
  value = maybe(0.97, one(c(0, 10, 12.5, 20, 50, 100))))
profile <- function(style) { k <- one(c("condition", "approach", "therapist", "goal"))
  list(kind = "profile", item = k, value = switch(k, condition = one(c("low-back-pain", "knee-oa", "not knee-oa", "central-sensitization"), c(4, 4, 2, 1)),
    approach = one(c("guided", "manual")), therapist = one(c("anna", "bert")), goal = one(c("odi <= 20", "lefs >= 50", "sessions >= 2", "pain < 3")))) }
redflag <- function(style) list(kind = "redflag", item = one(c("saddle-numbness", "low-mood", "fever-with-pain")), value = one(c("0", "1")))
other <- function(style) list(kind = one(c("note", "trial", "finding")), item = "fall", value = "1")

make_log <- function(seed) {
  set.seed(seed)
  rows <- list(); horizon <- one(c(5, 20, 60, 130))
  for (p in paste0("P", sample.int(12, sample.int(4, 1)))) {
    style <- list(pain = runif(1, 0, 8), rate = one(c(0.3, 0.9)), digits = one(c(0, 1)))
    n <- one(c(1, 5, 30, 80)); slope <- one(c(0, 0, -0.03, 0.05)); mine <- list()
    for (day in sort(sample.int(horizon, n, replace = TRUE))) {
      style$pain <- min(10, max(0, style$pain + slope))
      r <- one(list(exercise, plan, measure, medicine, profile, redflag, other), c(60, 10, 14, 5, 6, 1, 2))[[1]](style)
      r$date <- paste0(text_of(START + day), maybe(0.2, one(c("T08:30", "T17:05"))))
      r$patient <- p
      mine[[length(mine) + 1]] <- r
      if (runif(1) < 0.02) {
        v <- one(mine)[[1]]; v$kind <- "void"
        for (k in setdiff(names(v), c("date", "patient", "kind"))) if (runif(1) < 0.5) v[[k]] <- ""
        mine[[length(mine) + 1]] <- v
      }
    }
    rows <- c(rows, mine)
  }
  if (runif(1) < 0.3) rows <- rows[sample.int(length(rows))] # by no means in order
  log <- as.data.frame(setNames(lapply(COLUMNS, function(k) vapply(rows, function(r) { v <- r[[k]]; if (is.null(v)) "" else v }, "")), COLUMNS))
  # a trial needs an item of the plan, a finding row no load: only what the log can hold
  log$kind[log$kind == "trial" & log$value != ""] <- "trial"; log$value[log$kind == "trial"] <- ""; log$item[log$kind == "trial"] <- "bridge"
  log
}
put_log <- function(log, file) {
  quoted <- function(x) ifelse(grepl('[",]', x), paste0('"', x, '"'), x)
  writeLines(c(paste(COLUMNS, collapse = ","), do.call(paste, c(lapply(log, quoted), sep = ","))), file)
}

default <- function(today) list(today = today, from = -1e6, to = 1e6, at = NA, every = NULL, by = "patient")
tables <- function(seed) {
  set.seed(seed + 1e6)
  today <- START + one(c(10, 30, 62, 100, 135)); day <- paste("--today", text_of(today))
  with <- function(...) { o <- default(today); x <- list(...); o[names(x)] <- x; o }
  key <- one(c("condition", "approach", "therapist", "all")); every <- one(c("day", "week", "month", "year")); at <- one(c(14, 28, 56))
  from <- START + sample.int(40, 1); to <- from + sample.int(40, 1); period <- paste0(text_of(from), "..", text_of(to))
  cut <- with(from = from, to = to); cut$today <- min(today, to)
  list(
    list(options = day, head = c("patient", SERIES), rows = function(log) series(log, with())),
    list(options = paste(day, "--by patient,condition,approach --at", paste0(at, "d")), head = c("patient", "condition", "approach", SERIES),
      rows = function(log) series(log, with(by = c("patient", "condition", "approach"), at = at))),
    list(options = paste(day, "-P", period), head = c("patient", SERIES), rows = function(log) series(log, cut), today = cut$today),
    list(options = paste(day, "--by item,patient"), head = c("item", "patient", SERIES), rows = function(log) series(log, with(by = c("item", "patient")))),
    list(options = paste(day, "--by", key), head = c(key, GROUPS), rows = function(log) groups(log, with(by = key))),
    list(options = paste(day, "--by", key, "--at", paste0(at, "d")), head = c(key, GROUPS), rows = function(log) groups(log, with(by = key, at = at))),
    list(options = paste(day, "--every", every), head = c("patient", TIMELINE), rows = function(log) timeline(log, with(every = every))),
    list(options = paste(day, "-P", period, "--every week"), head = c("patient", TIMELINE), rows = function(log) { cut$every <- "week"; timeline(log, cut) }, today = cut$today),
    list(options = paste(day, "--every", every, "--by", key), head = c(key, TIMELINE), rows = function(log) timeline(log, with(every = every, by = key))),
    list(options = paste(day, "--attention"), head = ATTENTION, rows = function(log) attention(log, with())))
}

close_to <- function(column, got, want) {
  a <- number(got); b <- number(want)
  if (is.na(a) || is.na(b)) return(got == want)
  if (column == "trend_p") return(abs(a - b) <= 1e-6 * abs(b) + 1e-15)
  slack <- if (grepl("^(change_(lo|hi)|effect|responders_.*_(lo|hi))$", column)) 1e-8 else 1e-10
  abs(a - b) <= slack * max(1, abs(b))
}
cells <- 0; wrong <- 0; asked <- 0
compare <- function(seed, options, head, want, got) {
  tell <- function(...) { wrong <<- wrong + 1; cat("seed ", seed, ": ptstat ", options, ": ", ..., "\n", sep = "") }
  if (!identical(got[[1]], head)) return(tell("header ", paste(got[[1]], collapse = ",")))
  got <- got[-1]
  if (length(got) != length(want)) tell(length(got), " rows, expected ", length(want))
  for (i in seq_len(min(length(got), length(want)))) for (k in seq_along(head)) {
    cells <<- cells + 1
    if (!close_to(head[k], got[[i]][k], want[[i]][k])) {
      tell("row ", i, " (", paste(want[[i]][1:3], collapse = " "), "): ", head[k], " '", got[[i]][k], "', expected '", want[[i]][k], "'")
      return(invisible())
    }
  }
}
split_row <- function(line) { x <- strsplit(paste0(line, ",x"), ",", fixed = TRUE)[[1]]; gsub('"', "", x[-length(x)]) }

for (seed in first + seq_len(count) - 1) {
  log <- make_log(seed); file <- tempfile(fileext = ".csv"); said <- tempfile(); put_log(log, file); before <- wrong
  for (t in tables(seed)) {
    asked <- asked + 1
    out <- suppressWarnings(system2("ptstat", c(t$options, file), stdout = TRUE, stderr = said))
    if (!is.null(attr(out, "status"))) { wrong <- wrong + 1; cat("seed ", seed, ": ptstat ", t$options, ": status ", attr(out, "status"), "\n", sep = ""); cat(readLines(said), sep = "\n"); next }
    today <- if (is.null(t$today)) as.integer(as.Date(sub("^--today ([^ ]*).*", "\\1", t$options))) else t$today
    compare(seed, t$options, t$head, t$rows(read_log(file, today)), lapply(out, split_row))
  }
  if (wrong > before) file.copy(file, paste0("oracle-", seed, ".csv"), overwrite = TRUE)
  unlink(c(file, said))
}
cat(count, " logs, ", asked, " tables, ", cells, " cells, ", wrong, " wrong\n", sep = "")
quit(status = as.integer(wrong > 0))
