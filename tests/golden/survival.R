# Waiting times for a first reply, invented, and what the package survival makes of them: Kaplan-Meier
# incidence, its curves with each page left out, its median. The limits from those: the formula.
library(survival)
source("answers.R")

set.seed(20240502)
provincie <- pages[pages$tier == "provincie", ]
comments <- data.frame(page = rep(seq_len(nrow(provincie)), provincie$comments))
n <- nrow(comments)
comments$followed <- round(runif(n, 0, 300))
ever <- rbeta(nrow(provincie), 8, 2)[comments$page] > runif(n)
# Whole hours, so that many replies and censorings are tied.
delay <- round(rlnorm(n, log(5), 1.5))
comments$replied_after <- ifelse(ever & delay <= comments$followed, delay, NA)
write.csv(comments, "comments.csv", row.names = FALSE)

curve <- function(rows) {
  answered <- !is.na(rows$replied_after)
  survfit(Surv(ifelse(answered, rows$replied_after, rows$followed), answered) ~ 1)
}
share_by <- function(rows, hours) 1 - summary(curve(rows), times = hours, extend = TRUE)$surv

size <- as.vector(table(comments$page))
left_out <- function(hours) {
  sapply(seq_along(size), function(i) share_by(comments[comments$page != i, ], hours))
}

limits <- function(hours, level = 0.95) {
  m <- length(size)
  kept_inside <- function(share, n) (n * share + 0.5) / (n + 1)
  logits <- qlogis(kept_inside(left_out(hours), n - size))
  error <- sqrt((m - 1) / m * sum((logits - mean(logits))^2))
  freedom <- max(sum(size)^2 / sum(size^2) - 1, 1)
  centre <- qlogis(kept_inside(share_by(comments, hours), n))
  plogis(centre + c(-1, 1) * qt((1 + level) / 2, freedom) * error)
}

within <- function(hours) {
  seen <- comments[comments$followed >= hours, ]
  mean(!is.na(seen$replied_after) & seen$replied_after <= hours)
}

hours <- c(1, 8, 24, 168)
times <- sort(unique(na.omit(comments$replied_after)))
bounds <- sapply(times, limits)

write_answers("survival", list(
  hours = hours,
  within = sapply(hours, within),
  incidence = share_by(comments, hours),
  limits = t(sapply(hours, limits)),
  median = unname(quantile(curve(comments), 0.5)$quantile),
  median_limits = c(times[which(bounds[2, ] >= 0.5)[1]], times[which(bounds[1, ] >= 0.5)[1]])
))
