# Effect sizes: Cliff's delta by comparing all pairs, its interval with the Brunner-Munzel variance on
# the logit (the formula written out), epsilon squared from kruskal.test.
source("answers.R")

delta <- function(x, y) mean(sign(outer(x, y, "-")))

logit_interval <- function(x, y) {
  above <- (sign(outer(x, y, "-")) + 1) / 2
  a <- mean(above)
  parts <- c(var(rowMeans(above)) / length(x), var(colMeans(above)) / length(y))
  freedom <- sum(parts)^2 / sum(parts^2 / (c(length(x), length(y)) - 1))
  error <- sqrt(sum(parts)) / (a * (1 - a))
  2 * plogis(qlogis(a) + c(-1, 1) * qt(0.975, freedom) * error) - 1
}

pairs <- combn(tiers, 2, simplify = FALSE)
names(pairs) <- sapply(pairs, paste, collapse = "/")
with_interval <- function(pair) {
  x <- of_tier(pair[1])
  y <- of_tier(pair[2])
  c(delta(x, y), logit_interval(x, y))
}

h <- unname(kruskal.test(log_rate, pages$tier)$statistic)
n <- nrow(pages)
k <- length(tiers)

write_answers("effects", list(
  delta = lapply(pairs, with_interval),
  delta_with_ties = c(delta(c(0, 1, 1, 2, 3), c(0, 0, 1, 2)), logit_interval(c(0, 1, 1, 2, 3), c(0, 0, 1, 2))),
  h = h,
  epsilon_squared = max(0, (h - k + 1) / (n - k))
))
