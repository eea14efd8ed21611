# Ratios at equal followers: lm with the covariance CR2 of clubSandwich, every page its own cluster
# (which is HC2), and Satterthwaite degrees of freedom (Bell and McCaffrey's).
suppressMessages(library(clubSandwich))
source("answers.R")

pairs <- combn(tiers, 2, simplify = FALSE)
names(pairs) <- sapply(pairs, paste, collapse = "/")

ratio <- function(pair) {
  keep <- pages$tier %in% pair
  data <- data.frame(y = log_rate[keep], z = log(pages$followers[keep]))
  data$first <- as.numeric(pages$tier[keep] == pair[1])
  fit <- lm(y ~ first + z, data = data)
  test <- coef_test(fit, vcov = "CR2", cluster = seq_len(nrow(data)), test = "Satterthwaite")
  test <- test[rownames(test) == "first", ]
  exp(test$beta + c(0, -1, 1) * qt(0.975, test$df) * test$SE)
}

wald_f <- function() {
  data <- data.frame(y = log_rate, z = log(pages$followers), tier = factor(pages$tier))
  fit <- lm(y ~ tier + z, data = data)
  v <- as.matrix(vcovCR(fit, cluster = seq_len(nrow(data)), type = "CR2"))[2:3, 2:3]
  b <- coef(fit)[2:3]
  drop(t(b) %*% solve(v) %*% b) / 2
}

write_answers("size_adjusted", list(ratio = lapply(pairs, ratio), wald_f = wald_f()))
