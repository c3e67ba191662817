# The definition of every figure (pttools(7), STATISTICS) in base R, for the oracle: written to be
# read beside the page, one day and one pair at a time, without regard for speed.
number <- function(s) suppressWarnings(as.numeric(ifelse(s == "", NA, s)))
at_least <- function(x, limit) x >= limit - 1e-9
text_of <- function(day) format(as.Date(day, origin = "1970-01-01"))

figure <- function(x, decimals = 12) {
  if (is.na(x)) return("")
  if (x == 0) return("0")
  digits <- 14 - floor(as.numeric(sub(".*e", "", sprintf("%.14e", x))))
  s <- sprintf("%.*f", as.integer(max(0, min(decimals, digits))), x)
  if (grepl(".", s, fixed = TRUE)) s <- sub("\\.?0*$", "", s)
  if (s %in% c("-0", "")) "0" else s
}
over <- function(x) figure(x, 10)
spread <- function(x) if (is.na(x)) "" else sprintf("%.13g", x)
tail10 <- function(x) if (is.na(x)) "" else sprintf("%.10g", x)

# ---- the log ------------------------------------------------------------------------------------
read_log <- function(file, today) {
  log <- read.csv(file, colClasses = "character", na.strings = NULL)
  log$kind[log$kind == ""] <- "exercise"
  keep <- rep(TRUE, nrow(log))
  columns <- setdiff(names(log), c("kind", "note", "recorded"))
  for (i in which(log$kind == "void")) {
    keep[i] <- FALSE
    filled <- columns[vapply(columns, function(k) log[i, k] != "", NA)]
    for (j in rev(seq_len(i - 1))) {
      if (keep[j] && all(vapply(filled, function(k) log[i, k] == log[j, k], NA))) {
        keep[j] <- FALSE
        break
      }
    }
  }
  log <- log[keep & log$kind != "trial", ]
  log$day <- as.integer(as.Date(substr(log$date, 1, 10)))
  log <- log[log$day <= today, ]
  log[order(log$day, substr(log$date, 12, 16), method = "radix"), ]
}
is_done <- function(x) {
  sets <- number(x$sets); reps <- number(x$reps); seconds <- number(x$seconds)
  x$kind == "exercise" & !(sets %in% 0) & !(reps %in% 0 & !(!is.na(seconds) & seconds > 0))
}
contacts <- function(p) p$day[!(p$kind %in% c("plan", "profile"))]

# ---- values of days -----------------------------------------------------------------------------
days_of <- function(day, value) list(day = as.integer(day), value = as.numeric(value))
by_day <- function(day, value, f) {
  ok <- !is.na(value); day <- day[ok]; value <- value[ok]; at <- sort(unique(day))
  days_of(at, vapply(at, function(d) f(value[day == d]), 0))
}
resting <- function(p, column, measure) {
  day <- integer(); value <- numeric(); rated <- integer()
  for (i in seq_len(nrow(p))) {
    if (p$kind[i] == "exercise" && p[[column]][i] != "" && !(p$day[i] %in% rated)) {
      rated <- c(rated, p$day[i]); day <- c(day, p$day[i]); value <- c(value, number(p[[column]][i]))
    } else if (p$kind[i] == "measure" && p$item[i] == measure && p$value[i] != "") {
      day <- c(day, p$day[i]); value <- c(value, number(p$value[i]))
    }
  }
  days_of(day, value)
}
blocks <- function(from, to) if (to - from < 6) integer() else seq(from, to - 6, by = 7)

asks <- function(row) !(row$decision %in% c("stop", "refer", "pause")) && !(number(row$sets) %in% 0) &&
  isTRUE(number(row$per_week) > 0)
# Sessions planned a day of each item and side, for every day up to today.
plan_days <- function(p, today) {
  q <- p[p$kind == "plan" & p$decision != "review", ]
  if (!nrow(q)) return(NULL)
  key <- paste(q$item, q$side); asked <- vapply(seq_len(nrow(q)), function(i) asks(q[i, ]), NA); day <- integer(); row <- integer()
  for (d in min(q$day):today) {
    if (d - max(q$day[q$day <= d]) >= 28) next
    for (k in unique(key[q$day <= d])) {
      newest <- max(which(key == k & q$day <= d))
      if (asked[newest]) { day <- c(day, d); row <- c(row, newest) }
    }
  }
  if (length(day)) data.frame(day = day, item = q$item[row], side = q$side[row], n = number(q$per_week[row]) / 7)
}
kept <- function(side, sides) {
  if (side == "" || any(sides %in% c("", "both"))) return(1)
  if (side == "both") return(if (all(c("left", "right") %in% sides)) 1 else 0.5)
  as.numeric(side %in% sides)
}
adherence <- function(p, plan, from, to) {
  x <- plan[plan$day >= from & plan$day <= to, ]
  if (is.null(x) || nrow(x) == 0) return(NA)
  done <- p[is_done(p) & p$day >= from & p$day <= to, ]
  met <- 0
  for (k in unique(paste(x$item, x$side, sep = "\r"))) {
    one <- x[paste(x$item, x$side, sep = "\r") == k, ]
    mine <- done[done$item == one$item[1], ]
    n <- sum(vapply(unique(mine$day), function(d) kept(one$side[1], mine$side[mine$day == d]), 0))
    met <- met + min(n, sum(one$n))
  }
  100 * met / sum(x$n)
}
amount <- function(p, id, d) {
  row <- which(p$kind == "medicine" & p$item == id & p$value != "" & p$day <= d)
  if (length(row)) number(p$value[max(row)]) else 0
}
carried <- function(p, ids, factor, hidden = character()) {
  rows <- p$kind == "medicine" & p$value != "" & p$item %in% ids
  if (!any(rows)) return(days_of(integer(), numeric()))
  d <- min(p$day[rows]):max(contacts(p))
  factor <- rep_len(factor, length(ids))[ids %in% p$item]; ids <- ids[ids %in% p$item]; hidden <- hidden[hidden %in% p$item]
  v <- vapply(d, function(t) if (any(vapply(hidden, function(i) amount(p, i, t), 0) > 0)) NA else
    sum(vapply(seq_along(ids), function(i) amount(p, ids[i], t) * factor[i], 0)), 0)
  days_of(d[!is.na(v)], v[!is.na(v)])
}
symmetry <- function(p, item) {
  p <- p[p$item == item & p$side %in% c("left", "right") & (p$kind == "measure" | is_done(p)), ]
  one <- function(d, side) {
    x <- p[p$day == d & p$side == side, ]; m <- number(x$value[x$kind == "measure"]); m <- m[!is.na(m)]
    if (length(m)) return(c(mean(m), NA, NA))
    most <- function(z) { z <- number(z); z <- z[!is.na(z) & z > 0]; if (length(z)) max(z) else NA }
    e <- x[x$kind == "exercise", ]
    c(NA, most(e$load_kg), most(e$seconds))
  }
  at <- sort(unique(p$day))
  v <- vapply(at, function(d) {
    l <- one(d, "left"); r <- one(d, "right"); k <- which(!is.na(l) & !is.na(r))[1]
    if (is.na(k) || max(l[k], r[k]) <= 0) NA_real_ else 100 * min(l[k], r[k]) / max(l[k], r[k])
  }, 0)
  days_of(at[!is.na(v)], v[!is.na(v)])
}

BUILT <- c("pain", "pain-response", "pain-next", "dizziness", "rpe", "sessions", "adherence", "gap", "volume", "minutes", "mme")
EXERCISE <- setdiff(BUILT, c("adherence", "mme"))
UNIT <- c("points", "points", "points", "points", "", "days", "percent", "days", "kg", "min", "MME/day"); UNIT[5] <- "points"
BETTER <- c("lower", "lower", "lower", "lower", "", "higher", "higher", "lower", "", "", "lower")

values <- function(p, metric, today, plan, rest, last) {
  x <- p[p$kind == "exercise", ]; done <- p[is_done(p), ]; trained <- sort(unique(done$day))
  sets <- function(z) ifelse(z$sets == "", 1, number(z$sets)) * ifelse(z$side == "both", 2, 1)
  reps <- number(done$reps); reps[reps %in% 0] <- NA
  none <- days_of(integer(), numeric())
  switch(metric,
    pain = { r <- resting(p, "pain_before", "nprs"); by_day(r$day, r$value, mean) },
    dizziness = { r <- resting(p, "dizzy_before", "dizziness-vas"); by_day(r$day, r$value, mean) },
    `pain-response` = by_day(x$day, number(x$pain_after) - number(x$pain_before), mean),
    rpe = by_day(x$day, number(x$rpe), mean),
    `pain-next` = {
      v <- vapply(trained, function(d) {
        now <- rest$value[rest$day == d]; later <- rest$day[rest$day %in% c(d + 1, d + 2)]
        if (!length(now) || !length(later)) NA_real_ else rest$value[rest$day == min(later)][1] - now[1]
      }, 0)
      days_of(trained[!is.na(v)], v[!is.na(v)])
    },
    sessions = { if (!length(trained)) return(none); b <- blocks(min(trained), last)
      days_of(b, vapply(b, function(a) sum(trained >= a & trained <= a + 6), 0)) },
    adherence = { if (is.null(plan)) return(none); b <- blocks(min(plan$day), today)
      v <- vapply(b, function(a) adherence(p, plan, a, a + 6), 0); days_of(b[!is.na(v)], v[!is.na(v)]) },
    gap = days_of(trained[-1], diff(trained)),
    volume = by_day(done$day, sets(done) * reps * number(done$load_kg), sum),
    minutes = by_day(done$day, sets(done) * ifelse(is.na(reps), 1, reps) * number(done$seconds) / 60, sum),
    mme = { o <- MEDICINES[MEDICINES$factor_kind == "mme", ]
      carried(p, o$id, number(o$factor), MEDICINES$id[MEDICINES$class == "opioid" & MEDICINES$factor_kind != "mme"]) },
    if (startsWith(metric, "medicine:")) carried(p, substring(metric, 10), 1)
    else if (startsWith(metric, "symmetry:")) symmetry(p, substring(metric, 10))
    else { m <- p[p$kind == "measure", ]; id <- ifelse(m$side %in% c("left", "right"), paste0(m$item, ":", m$side), m$item)
      by_day(m$day[id == metric], number(m$value[id == metric]), mean) })
}
occurring <- function(p) {
  m <- p[p$kind == "measure" & p$value != "", ]
  ids <- unique(ifelse(m$side %in% c("left", "right"), paste0(m$item, ":", m$side), m$item))
  drug <- unique(p$item[p$kind == "medicine" & p$value != ""])
  sided <- unique(p$item[p$side %in% c("left", "right") & p$kind %in% c("measure", "exercise")])
  by <- function(prefix, x) if (length(x)) paste0(prefix, sort(x, method = "radix"))
  c(BUILT, by("medicine:", drug), by("", ids), by("symmetry:", sided))
}
rank_of <- function(m) {
  k <- match(m, BUILT)
  paste0(ifelse(!is.na(k), sprintf("a%02d", k), ifelse(startsWith(m, "medicine:"), "b", ifelse(startsWith(m, "symmetry:"), "d", "c"))), m)
}
info <- function(metric) {
  k <- match(metric, BUILT)
  id <- if (metric == "pain") "nprs" else if (metric == "dizziness") "dizziness-vas" else if (is.na(k)) sub(":(left|right)$", "", metric) else ""
  m <- MEASURES[match(id, MEASURES$id), ]
  out <- if (is.na(m$id)) list(unit = "", better = "", mcid = NA, kind = "points", mdc = NA) else
    list(unit = m$unit, better = m$better, mcid = number(m$mcid), kind = m$mcid_kind, mdc = number(m$mdc))
  if (!is.na(k)) { out$unit <- UNIT[k]; out$better <- BETTER[k] }
  if (startsWith(metric, "symmetry:")) { out$unit <- "percent"; out$better <- "higher" }
  if (startsWith(metric, "medicine:")) { u <- MEDICINES$unit[match(substring(metric, 10), MEDICINES$id)]; out$unit <- if (is.na(u)) "mg/day" else u }
  out$sign <- c(lower = -1, higher = 1)[out$better]
  if (is.na(out$sign)) out$sign <- 0
  out
}
is_dose <- function(metric) metric == "mme" || startsWith(metric, "medicine:")

# ---- a series -----------------------------------------------------------------------------------
trend <- function(d, v) {
  n <- length(v); out <- list(slope = NA, lo = NA, hi = NA, p = NA)
  if (n < 2) return(out)
  slopes <- numeric()
  for (i in seq_len(n - 1)) { j <- (i + 1):n; slopes <- c(slopes, (v[j] - v[i]) / (d[j] - d[i])) }
  slopes <- sort(slopes); out$slope <- 7 * median(slopes)
  if (n < 4) return(out)
  v <- round(v, 9)
  if (max(v) == min(v)) return(list(slope = 0, lo = 0, hi = 0, p = 1))
  out$p <- cor.test(as.numeric(d), v, method = "kendall", exact = FALSE, continuity = TRUE)$p.value
  ties <- table(v)
  C <- 1.959963984540054 * sqrt((n * (n - 1) * (2 * n + 5) - sum(ties * (ties - 1) * (2 * ties + 5))) / 18)
  N <- length(slopes); low <- round((N - C) / 2); high <- round((N + C) / 2) + 1
  if (low >= 1 && high <= N) { out$lo <- 7 * slopes[low]; out$hi <- 7 * slopes[high] }
  out
}
SERIES <- c("metric", "unit", "n", "from", "to", "weeks", "baseline", "current", "change", "change_pct", "mean", "sd", "min", "q1", "median", "q3",
  "max", "slope_week", "slope_lo", "slope_hi", "trend_p", "nap", "mcid", "mdc", "verdict", "weeks_to_30")
summarise <- function(x, metric, o) {
  i <- info(metric); in_time <- x$day <= o$to; d <- x$day[in_time]; v <- x$value[in_time]; lost <- FALSE
  if (!length(d)) return(NULL)
  if (!is.na(o$at)) {
    away <- abs(d - (d[1] + o$at))
    if (min(away) <= min(28, o$at %/% 4)) keep <- d <= d[which.min(away)] else { keep <- d <= d[1] + o$at; lost <- TRUE }
    d <- d[keep]; v <- v[keep]
  }
  n <- length(d); first <- d[1]; last <- d[n]
  w <- max(1, min(if (is_dose(metric)) 1 else 7, (last - first + 1) %/% 2))
  base <- d < first + w; now <- d > last - w; shown <- d >= o$from
  if (!any(shown)) return(NULL)
  baseline <- mean(v[base]); current <- if (lost) NA else mean(v[now]); change <- if (n < 2 || lost) NA else current - baseline
  t <- if (is_dose(metric)) list(slope = NA, lo = NA, hi = NA, p = NA) else trend(d[shown], v[shown])
  nap <- NA
  if (i$sign != 0 && !is_dose(metric) && any(!base & shown)) {
    pairs <- outer(round(v[base], 9), round(v[!base & shown], 9), function(a, b) i$sign * (b - a))
    nap <- mean(ifelse(pairs > 0, 1, ifelse(pairs == 0, 0.5, 0)))
  }
  mcid <- if (i$kind != "percent") i$mcid else if (baseline > 0) i$mcid * baseline / 100 else NA
  reached <- NA
  if (i$sign != 0 && baseline > 0 && n >= 2) for (k in which(!base)) {
    if (at_least(i$sign * (mean(v[d > d[k] - w & d <= d[k] & !base]) - baseline), 0.3 * baseline)) { reached <- (d[k] - first) / 7; break }
  }
  gain <- i$sign * change
  verdict <- if (i$sign == 0 || is.na(mcid)) "" else if (is.na(change) || (metric == "pain" && n < 6)) "too-few" else
    if (at_least(gain, mcid)) { if (is.na(i$mdc) || at_least(gain, i$mdc)) "improved" else "perhaps" } else
    if (at_least(-gain, mcid)) "worse" else "unchanged"
  y <- v[shown]; q <- quantile(y, c(.25, .5, .75), type = 7, names = FALSE)
  list(n = length(y), from = min(d[shown]), to = max(d[shown]), weeks = (last - first) / 7, baseline = baseline, current = current, change = change,
    change_pct = if (!is.na(change) && baseline > 0) 100 * change / baseline else NA, mean = mean(y), sd = if (length(y) > 1) sd(y) else NA,
    min = min(y), q = q, max = max(y), trend = t, nap = nap, mcid = mcid, mdc = i$mdc, verdict = verdict, reached = reached,
    since = d[which(now)[1]], last = last, sign = i$sign, unit = i$unit)
}
series_cells <- function(metric, s) c(metric, s$unit, s$n, text_of(s$from), text_of(s$to), figure(s$weeks), figure(s$baseline), figure(s$current),
  figure(s$change), figure(s$change_pct), figure(s$mean), spread(s$sd), figure(s$min), figure(s$q[1]), figure(s$q[2]), figure(s$q[3]), figure(s$max),
  figure(s$trend$slope), figure(s$trend$lo), figure(s$trend$hi), tail10(s$trend$p), figure(s$nap), figure(s$mcid), figure(s$mdc), s$verdict, figure(s$reached))

# ---- keys and rows ------------------------------------------------------------------------------
standing <- function(p, item) {
  have <- character()
  for (x in p$value[p$kind == "profile" & p$item == item])
    have <- if (startsWith(x, "not ")) setdiff(have, substring(x, 5)) else union(have, x)
  have
}
key_values <- function(p, key) {
  if (key == "all") return("all")
  if (key == "patient") return(p$patient[1])
  if (key == "condition") { have <- standing(p, "condition"); return(if (length(have)) have else "") }
  v <- p$value[p$kind == "profile" & p$item == key]
  if (length(v)) tail(v, 1) else ""
}
# Calls f(metric, values, rows, plan, keys) for each patient, item, metric and combination of keys.
each_value <- function(log, keys, o, f) {
  out <- list()
  for (id in unique(log$patient)) {
    whole <- log[log$patient == id, ]; rest <- resting(whole, "pain_before", "nprs")
    last <- if (length(contacts(whole))) max(contacts(whole)) else NA
    items <- if ("item" %in% keys) unique(whole$item[whole$kind == "exercise"]) else NA
    for (item in items) {
      p <- if (is.na(item)) whole else whole[whole$kind == "exercise" & whole$item == item, ]
      plan <- if (is.na(item)) plan_days(p, o$today)
      combos <- expand.grid(lapply(keys, function(k) if (k == "item") item else key_values(whole, k)), stringsAsFactors = FALSE)
      for (metric in if (is.na(item)) occurring(p) else EXERCISE) {
        x <- values(p, metric, o$today, plan, rest, last)
        for (k in seq_len(nrow(combos))) out <- c(out, f(metric, x, p, plan, as.character(unlist(combos[k, ]))))
      }
    }
  }
  out
}
in_order <- function(rows, keys, extra = NULL) {
  if (!length(rows)) return(rows)
  by <- lapply(seq_len(keys), function(i) vapply(rows, `[`, "", i))
  by <- c(by, list(rank_of(vapply(rows, `[`, "", keys + 1))), if (!is.null(extra)) list(extra))
  rows[do.call(order, c(by, list(method = "radix")))]
}
series <- function(log, o, keys = o$by) in_order(each_value(log, keys, o, function(metric, x, p, plan, k) {
  s <- summarise(x, metric, o)
  if (is.null(s)) list() else list(c(k, series_cells(metric, s)))
}), length(keys))

# ---- groups -------------------------------------------------------------------------------------
GROUPS <- c("metric", "unit", "patients", "n", "baseline", "current", "change", "change_lo", "change_hi", "effect", "responders_n", "responders_30",
  "responders_30_lo", "responders_30_hi", "responders_50", "responders_50_lo", "responders_50_hi", "judged", "improved", "worse", "weeks_to_30")
median_time <- function(time, event) {
  at <- sort(unique(time[event])); S <- 1; curve <- numeric()
  for (t in at) { S <- S * (1 - sum(event & time == t) / sum(time >= t)); curve <- c(curve, S) }
  below <- which(curve < 0.5 + 1.5e-8)
  if (!length(below)) return(NA)
  k <- below[1]
  if (abs(curve[k] - 0.5) < 1.5e-8 && k < length(at)) (at[k] + at[k + 1]) / 2 else at[k]
}
groups <- function(log, o) {
  keys <- unique(c("patient", o$by)); rows <- series(log, o, keys)
  if (!length(rows)) return(list())
  all <- as.data.frame(do.call(rbind, rows), stringsAsFactors = FALSE); names(all) <- c(keys, SERIES)
  id <- do.call(paste, c(all[o$by], all["metric"], sep = "\r")); out <- list()
  for (g in unique(id)) {
    x <- all[id == g, ]; sign <- info(x$metric[1])$sign
    base <- number(x$baseline); change <- number(x$change); ok <- !is.na(change); n <- sum(ok); ch <- change[ok]
    m <- function(z) if (n) over(mean(number(z)[ok])) else ""
    ci <- c(NA, NA); effect <- NA
    if (n >= 2) ci <- if (max(ch) > min(ch)) t.test(ch)$conf.int else c(ch[1], ch[1])
    if (n >= 3 && max(ch) > min(ch)) effect <- mean(ch) / sd(ch) * exp(lgamma((n - 1) / 2) - lgamma((n - 2) / 2)) / sqrt((n - 1) / 2)
    responders <- rep("", 7); weeks <- NA
    if (sign != 0) {
      r <- ok & base > 0; responders[1] <- sum(r)
      if (any(r)) for (z in 1:2) {
        k <- sum(at_least(sign * change[r], c(0.3, 0.5)[z] * base[r]))
        w <- suppressWarnings(prop.test(k, sum(r), correct = FALSE))$conf.int
        if (k == 0) w[1] <- 0
        if (k == sum(r)) w[2] <- 1
        responders[3 * z - 1 + 0:2] <- c(over(100 * k / sum(r)), tail10(100 * w[1]), tail10(100 * w[2]))
      }
      f <- base > 0 & number(x$weeks) > 0; event <- x$weeks_to_30 != ""
      if (any(f)) weeks <- median_time(round(7 * number(ifelse(event, x$weeks_to_30, x$weeks)))[f], event[f]) / 7
    }
    judged <- if (any(x$verdict != "")) c(sum(!(x$verdict %in% c("", "too-few"))), sum(x$verdict == "improved"), sum(x$verdict == "worse")) else rep("", 3)
    out[[length(out) + 1]] <- c(unlist(x[1, o$by]), x$metric[1], x$unit[1], nrow(x), n, m(x$baseline), m(x$current), m(x$change), tail10(ci[1]),
      tail10(ci[2]), tail10(effect), responders, judged, over(weeks))
  }
  in_order(out, length(o$by))
}

# ---- timeline -----------------------------------------------------------------------------------
TIMELINE <- c("metric", "unit", "period", "n", "mean", "sd", "min", "median", "max")
period_name <- function(d, every) format(as.Date(d, origin = "1970-01-01"), c(day = "%Y-%m-%d", week = "%G-W%V", month = "%Y-%m", year = "%Y")[[every]])
five <- function(x, f) if (!length(x)) c("0", rep("", 5)) else
  c(length(x), f(mean(x)), spread(if (length(x) > 1) sd(x) else NA), f(min(x)), f(median(x)), f(max(x)))
trim <- function(rows, n) {
  filled <- which(vapply(rows, `[`, "", n) != "0")
  if (length(filled)) rows[min(filled):max(filled)] else list()
}
timeline <- function(log, o) {
  keys <- unique(c("patient", o$by)); n <- length(keys)
  rows <- each_value(log, keys, o, function(metric, x, p, plan, k) {
    span <- metric %in% c("sessions", "adherence")
    range <- if (metric == "sessions") p$day[is_done(p)] else if (metric == "adherence") plan$day else x$day
    if (!length(range)) return(list())
    from <- max(min(range), o$from); to <- min(max(range), o$to, o$today)
    if (from > to) return(list())
    # whole periods: from the first day of the first to the last day of the last
    lo <- from; while (period_name(lo - 1, o$every) == period_name(from, o$every)) lo <- lo - 1
    hi <- to; while (period_name(hi + 1, o$every) == period_name(to, o$every)) hi <- hi + 1
    name <- vapply(lo:hi, period_name, "", o$every); out <- list()
    for (q in unique(name)) {
      d <- (lo:hi)[name == q]; a <- max(min(d), o$from); b <- min(max(d), o$to, o$today)
      v <- if (metric == "sessions") length(unique(p$day[is_done(p) & p$day >= a & p$day <= b])) else
        if (metric == "adherence") { z <- adherence(p, plan, a, b); z[!is.na(z)] } else x$value[x$day >= a & x$day <= b]
      out[[length(out) + 1]] <- c(k, metric, info(metric)$unit, q, five(v, figure))
    }
    trim(out, n + 4)
  })
  rows <- if (length(rows)) in_order(rows, n, vapply(rows, `[`, "", n + 3)) else rows
  if ("patient" %in% o$by || !length(rows)) return(rows)
  all <- as.data.frame(do.call(rbind, rows), stringsAsFactors = FALSE); names(all) <- c(keys, TIMELINE); out <- list()
  id <- do.call(paste, c(all[o$by], all["metric"], sep = "\r"))
  days <- (o$today - 800):o$today; every_name <- unique(vapply(days, period_name, "", o$every))
  for (g in unique(id)) {
    x <- all[id == g & all$n != "0", ]; at <- range(match(x$period, every_name))
    for (q in every_name[at[1]:at[2]]) out[[length(out) + 1]] <- c(unlist(x[1, o$by]), x$metric[1], x$unit[1], q, five(number(x$mean[x$period == q]), over))
  }
  in_order(out, length(o$by), vapply(out, `[`, "", length(o$by) + 3))
}

# ---- attention ----------------------------------------------------------------------------------
ATTENTION <- c("patient", "severity", "reason", "since", "metric", "value", "limit")
REASONS <- c("red-flag", "worse", "dose-down-worse", "pain-rising", "pain-after", "quiet", "plan-expired", "little-data", "measure-overdue", "goal",
  "mcid", "habit", "streak")
attention <- function(log, o) {
  today <- o$today; out <- list(); everything <- list(from = -1e6, to = 1e6, at = NA)
  for (id in unique(log$patient)) {
    p <- log[log$patient == id, ]; plan <- plan_days(p, today)
    say <- function(severity, reason, since, metric, value, limit)
      out[[length(out) + 1]] <<- c(id, severity, reason, text_of(since), metric, figure(value), figure(limit))
    for (flag in unique(p$item[p$kind == "redflag"])) {
      r <- p[p$kind == "redflag" & p$item == flag, ]; up <- is.na(number(r$value)) | number(r$value) >= 1
      if (!tail(up, 1)) next
      down <- max(c(0, which(!up)))
      routine <- FLAGS$what_to_do[match(flag, FLAGS$id)] %in% "refer-routine"
      say(if (routine) "soon" else "urgent", "red-flag", r$day[down + 1], flag, 1, NA)
    }
    seen <- contacts(p)
    if (!length(seen) && is.null(plan)) next
    if (today - (if (length(seen)) max(seen) else max(p$day[p$kind == "plan"])) > 84) next
    rest <- resting(p, "pain_before", "nprs"); all <- list()
    for (m in occurring(p)) {
      x <- values(p, m, today, plan, rest, if (length(seen)) max(seen) else NA); s <- if (length(x$day)) summarise(x, m, everything)
      if (!is.null(s)) all[[m]] <- list(s = s, x = x)
    }
    fell <- isTRUE(all$mme$s$change < 0)
    for (m in names(all)) { s <- all[[m]]$s
      if (today - s$last > 28) next
      if (s$verdict == "worse") say("soon", if (fell) "dose-down-worse" else "worse", s$since, m, s$change, sign(s$change) * s$mcid)
      if (s$verdict == "improved") say("good", "mcid", s$since, m, s$change, sign(s$change) * s$mcid)
    }
    x <- all$pain$x; k <- x$day >= today - 27
    if (sum(k) >= 8) { t <- trend(x$day[k], x$value[k]); if (at_least(4 * t$slope, 1) && t$p < 0.05) say("watch", "pain-rising", x$day[k][1], "pain", t$slope, 0.25) }
    e <- p[p$kind == "exercise" & p$day >= today - 13, ]; after <- number(e$pain_after); before <- number(e$pain_before)
    k <- which(after > 5 & (is.na(before) | after > before))
    if (length(k) && !("central-sensitization" %in% standing(p, "condition")))
      say(if (length(unique(e$day[k])) >= 2) "soon" else "watch", "pain-after", e$day[k][1], "pain_after", max(after[k]), 5)
    trained <- sort(unique(p$day[is_done(p)])); q <- p[p$kind == "plan" & p$decision != "review", ]
    newest <- lapply(unique(paste(q$item, q$side)), function(k) tail(q[paste(q$item, q$side) == k, ], 1))
    stands <- any(vapply(newest, asks, NA)); paused <- nrow(q) > 0 && !stands
    since <- if (length(trained)) max(trained) else if (nrow(q)) min(q$day) else NA
    quiet <- !is.na(since) && today - since > 7 && !paused
    if (quiet) say(if (today - since >= 15) "soon" else "watch", "quiet", since, "gap", today - since, 7)
    if (stands && today - max(q$day) >= 28) say("soon", "plan-expired", max(q$day) + 28, "adherence", today - max(q$day), 28)
    days <- length(unique(p$day[p$kind %in% c("exercise", "measure") & p$day >= today - 13]))
    if (!quiet && !paused && !is.na(since) && length(seen) && min(seen) <= today - 13 && days < 4) say("watch", "little-data", today - 13, "data-days", days, 4)
    for (m in unique(p$item[p$kind == "measure" & p$value != ""])) { d <- max(p$day[p$kind == "measure" & p$value != "" & p$item == m])
      if (today - d > 42) say("watch", "measure-overdue", d, m, today - d, 42) }
    for (goal in standing(p, "goal")) {
      g <- regmatches(goal, regexec("^([a-z0-9:-]+) *(<=|>=|<|>|=) *(-?[0-9.]+)$", goal))[[1]]
      if (!length(g) || is.null(all[[g[2]]])) next
      x <- all[[g[2]]]$x; t <- number(g[4])
      met <- switch(g[3], "<=" = x$value <= t + 1e-9, ">=" = x$value >= t - 1e-9, "<" = x$value < t - 1e-9, ">" = x$value > t + 1e-9, "=" = abs(x$value - t) <= 1e-9)
      run <- length(met) - max(c(0, which(!met)))
      if (run >= 2) say("good", "goal", x$day[length(met) - run + 1], g[2], tail(x$value, 1), t)
    }
    recent <- trained[trained >= today - 13]
    if (length(recent) >= 6) say("good", "habit", min(recent), "sessions", length(recent), 6)
    if (!is.null(plan)) {
      b <- blocks(min(plan$day), today); good <- vapply(b, function(a) isTRUE(at_least(adherence(p, plan, a, a + 6), 80)), NA)
      run <- length(b) - max(c(0, which(!good)))
      if (run >= 3) say("good", "streak", b[length(b) - run + 1], "adherence", run, 3)
    }
  }
  if (!length(out)) return(out)
  cell <- function(i) vapply(out, `[`, "", i)
  out[order(match(cell(2), c("urgent", "soon", "watch", "good")), cell(1), match(cell(3), REASONS), rank_of(cell(5)), method = "radix")]
}
