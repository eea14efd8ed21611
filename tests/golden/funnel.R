# The between-page variance of a funnel: metafor with the Hedges estimator, which is the variance of the
# log rates less the mean of their own error variances. Limits of one page from the others: the formula.
suppressMessages(library(metafor))
source("answers.R")

gemeente <- pages[pages$tier == "gemeente", ]
y <- of_tier("gemeente")
n <- gemeente$posts
half <- gemeente$interactions + 0.5
error <- sqrt(pmax(n / (n - 1) * (gemeente$squares - gemeente$interactions^2 / n), half)) / half

others <- 2:nrow(gemeente)
tau2 <- rma(y[others], error[others]^2, method = "HE")$tau2
centre <- mean(y[others])
centre_error <- sqrt((tau2 + mean(error[others]^2)) / length(others))
expected <- sqrt(tau2 + error[1]^2 + centre_error^2)
freedom <- length(others) - 1

write_answers("funnel", list(
  errors = error,
  spread = sqrt(tau2),
  centre = centre,
  limits = exp(centre + c(-1, 1) * qt(0.975, freedom) * expected),
  p = 2 * pt(-abs(y[1] - centre) / expected, freedom)
))
