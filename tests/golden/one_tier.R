# One tier: t interval of the log rates (t.test), exact interval of the median page (binomial
# quantiles), pooled rate as a Poisson model of the posts (glm, geepack) with the jackknife done by
# refitting glm without each page.
source("answers.R")

geometric_mean <- function(x) {
  interval <- t.test(x)
  exp(c(interval$estimate, interval$conf.int))
}

typical <- function(x, level) {
  # The largest c for which P(Bin(n, 1/2) < c) <= (1 - level) / 2, counted out.
  n <- length(x)
  tail <- (1 - level) / 2
  c <- max(0, which(pbinom(seq_len(n) - 1, n, 0.5) <= tail))
  if (c == 0) return(NULL)
  c(median(x), sort(x)[c], sort(x, decreasing = TRUE)[c])
}

poisson_rate <- function(data) {
  unname(coef(glm(interactions ~ 1 + offset(log(exposure)), family = poisson, data = data)))
}

pooled <- function(tier) {
  wanted <- which(pages$tier == tier)
  data <- posts[posts$page %in% wanted, ]
  left_out <- sapply(wanted, function(page) poisson_rate(data[data$page != page, ]))
  m <- length(wanted)
  error <- sqrt((m - 1) / m * sum((left_out - mean(left_out))^2))
  exposure <- pages$exposure[wanted]
  freedom <- sum(exposure)^2 / sum(exposure^2) - 1
  centre <- poisson_rate(data)
  exp(centre + c(0, -1, 1) * qt(0.975, freedom) * error)
}

gee <- function(tier) {
  data <- posts[posts$page %in% which(pages$tier == tier), ]
  fit <- geepack::geeglm(
    interactions ~ 1 + offset(log(exposure)), id = page, family = poisson, data = data
  )
  exp(unname(coef(fit)))
}

write_answers("one_tier", list(
  geometric_mean = sapply(tiers, function(t) geometric_mean(of_tier(t)), simplify = FALSE),
  typical = sapply(tiers, function(t) typical(exp(of_tier(t)), 0.95), simplify = FALSE),
  typical_of_5_at_95 = is.null(typical(1:5, 0.95)),
  pooled = sapply(tiers, pooled, simplify = FALSE),
  gee = sapply(tiers, gee, simplify = FALSE)
))
