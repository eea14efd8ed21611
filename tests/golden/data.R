# The pages and posts that every other script here and the tests compute from.
# Invented numbers; three tiers that differ in level, spread and size.

set.seed(20240501)

tier <- rep(c("rijksoverheid", "provincie", "gemeente"), c(9, 12, 14))
pages <- length(tier)
level <- c(rijksoverheid = 0.4, provincie = 0, gemeente = -0.1)[tier]
spread <- c(rijksoverheid = 1.0, provincie = 0.5, gemeente = 0.8)[tier]
followers <- round(exp(rnorm(pages, c(rijksoverheid = 10.6, provincie = 9.4, gemeente = 9.6)[tier], 0.8)))
posts <- round(exp(rnorm(pages, log(30), 0.4)))

post <- data.frame(page = rep(seq_len(pages), posts))
expected <- 2 * (followers / 15000)^0.7 * 15 * exp(level + rnorm(pages, 0, spread))
post$interactions <- rnbinom(nrow(post), mu = expected[post$page], size = 0.8)
post$exposure <- followers[post$page] / 1000

page <- data.frame(
  tier = tier,
  followers = followers,
  posts = posts,
  interactions = as.vector(tapply(post$interactions, post$page, sum)),
  squares = as.vector(tapply(post$interactions^2, post$page, sum)),
  exposure = posts * followers / 1000,
  comments = 5 + rpois(pages, exp(rnorm(pages, log(60), 0.8)))
)
page$replied <- rbinom(pages, page$comments, rbeta(pages, 1.2, 14))

write.csv(page, "pages.csv", row.names = FALSE)
write.csv(post, "posts.csv", row.names = FALSE)
