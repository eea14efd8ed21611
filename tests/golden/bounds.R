# One-sided bounds: median page (binomial probabilities counted out), share of pages (binom.test),
# reply rate (the formula written out).
source("answers.R")

one_sided_median <- function(x, level) {
  n <- length(x)
  c <- max(0, which(pbinom(seq_len(n) - 1, n, 0.5) <= 1 - level))
  if (c == 0) NULL else c(sort(x)[c], sort(x, decreasing = TRUE)[c])
}

share <- function(k, n, level) {
  c(
    binom.test(k, n, alternative = "greater", conf.level = level)$conf.int[1],
    binom.test(k, n, alternative = "less", conf.level = level)$conf.int[2]
  )
}

on_the_logit <- function(rate, left_out, freedom, level) {
  m <- length(left_out)
  values <- qlogis(left_out)
  error <- sqrt((m - 1) / m * sum((values - mean(values))^2))
  plogis(qlogis(rate) + c(-1, 1) * qt(level, freedom) * error)
}

mean_page <- function(x, n, level) {
  m <- length(n)
  from <- function(rates) {
    left_out <- sapply(seq_len(m), function(i) mean(rates[-i]))
    on_the_logit(mean(rates), left_out, m - 1, level)
  }
  on_every_page <- (x + 1 / 2) / (n + 1)
  spread_over_pages <- (x + 1 / (2 * m)) / (n + 1 / m)
  c(from(spread_over_pages)[1], from(on_every_page)[2])
}

pooled <- function(x, n, level) {
  rate <- function(keep) (sum(x[keep]) + 0.5) / (sum(n[keep]) + 1)
  everyone <- seq_along(n)
  left_out <- sapply(everyone, function(i) rate(everyone[-i]))
  freedom <- max(sum(n)^2 / sum(n^2) - 1, 1)
  on_the_logit(rate(everyone), left_out, freedom, level)
}

one_answer <- function(bounds, n, level) {
  max(sapply(seq_along(n), function(k) bounds(as.numeric(seq_along(n) == k), n, level)[2]))
}

provincie <- pages[pages$tier == "provincie", ]
level <- 1 - 0.05 / 3

write_answers("bounds", list(
  level = level,
  typical = sapply(tiers, function(t) one_sided_median(exp(of_tier(t)), level), simplify = FALSE),
  none_of_12 = share(0, 12, 0.95),
  none_of_20 = share(0, 20, 0.95),
  three_of_12 = share(3, 12, level),
  all_of_12 = share(12, 12, level),
  mean_page = mean_page(provincie$replied, provincie$comments, level),
  pooled = pooled(provincie$replied, provincie$comments, level),
  mean_page_none_answered = one_answer(mean_page, provincie$comments, level),
  pooled_none_answered = one_answer(pooled, provincie$comments, level)
))
