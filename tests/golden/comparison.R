# Two tiers: Welch (t.test), equivalence (two one-sided t.test), detectable ratio (the noncentral t
# solved), the studentized permutation test enumerated in full, ratio of pooled rates (the formula).
# Several tiers: Welch's F (oneway.test), Holm and Benjamini-Hochberg (p.adjust).
source("answers.R")

pairs <- combn(tiers, 2, simplify = FALSE)
names(pairs) <- sapply(pairs, paste, collapse = "/")

welch <- function(pair) {
  test <- t.test(of_tier(pair[1]), of_tier(pair[2]))
  c(exp(c(diff(rev(test$estimate)), test$conf.int)), test$p.value)
}

equivalence <- function(pair, margin) {
  x <- of_tier(pair[1])
  y <- of_tier(pair[2])
  interval <- exp(t.test(x, y, conf.level = 0.90)$conf.int)
  above <- t.test(x, y, mu = -log(margin), alternative = "greater")$p.value
  below <- t.test(x, y, mu = log(margin), alternative = "less")$p.value
  c(interval, max(above, below))
}

detectable <- function(pair) {
  test <- t.test(of_tier(pair[1]), of_tier(pair[2]))
  critical <- qt(0.975, test$parameter)
  missing_power <- function(away) pt(critical, test$parameter, ncp = away) - 0.2
  away <- uniroot(missing_power, c(0, 20), tol = 1e-12)$root
  unname(exp(away * test$stderr))
}

exact_permutation_p <- function(x, y) {
  values <- c(x, y)
  statistic <- function(first) {
    a <- values[first]
    b <- values[-first]
    difference <- abs(mean(a) - mean(b))
    error <- sqrt(var(a) / length(a) + var(b) / length(b))
    if (error == 0) { if (difference == 0) 0 else Inf } else difference / error
  }
  all <- combn(length(values), length(x), statistic)
  observed <- statistic(seq_along(x))
  mean(all >= observed * (1 - 1e-9))
}

log_pooled <- function(tier) {
  wanted <- pages[pages$tier == tier, ]
  m <- nrow(wanted)
  rate <- function(rows) log(sum(rows$interactions) / sum(rows$exposure))
  left_out <- sapply(seq_len(m), function(i) rate(wanted[-i, ]))
  list(
    value = rate(wanted),
    variance = (m - 1) / m * sum((left_out - mean(left_out))^2),
    freedom = sum(wanted$exposure)^2 / sum(wanted$exposure^2) - 1
  )
}

pooled_ratio <- function(pair) {
  a <- log_pooled(pair[1])
  b <- log_pooled(pair[2])
  variance <- a$variance + b$variance
  freedom <- variance^2 / (a$variance^2 / a$freedom + b$variance^2 / b$freedom)
  exp(a$value - b$value + c(0, -1, 1) * qt(0.975, freedom) * sqrt(variance))
}

oneway <- oneway.test(log_rate ~ pages$tier)
p_values <- c(0.011, 0.02, 0.02, 0.64, 0.003)

write_answers("comparison", list(
  welch = lapply(pairs, welch),
  equivalence = lapply(pairs, equivalence, margin = 1.5),
  detectable = lapply(pairs, detectable),
  exact = list(
    plain = exact_permutation_p(c(1.2, 0.3, 2.2, 1.9), c(0.1, -0.4, 0.9, 0.2, -1.3)),
    ties = exact_permutation_p(c(1, 1, 2, 3), c(0, 1, 0, 0, 2, 1)),
    separated = exact_permutation_p(c(5, 6, 7), c(1, 2, 3)),
    two_and_two = exact_permutation_p(c(1, 2), c(3, 5)),
    flat_tier = exact_permutation_p(c(1, 1, 1), c(3, 5, 4, 6))
  ),
  pooled_ratio = lapply(pairs, pooled_ratio),
  welch_f = unname(oneway$statistic),
  p_values = p_values,
  holm = p.adjust(p_values, "holm"),
  benjamini_hochberg = p.adjust(p_values, "BH")
))
