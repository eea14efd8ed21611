# Statistics under given page weights, by laying every page's posts out as often as it is drawn:
# quantiles (quantile, type 1) and the Gini coefficient (the formula over all pairs of posts).
source("answers.R")

set.seed(7)
drawn <- lapply(1:5, function(i) sample(nrow(pages), replace = TRUE))
posts_of <- function(draw) unlist(lapply(draw, function(page) posts$interactions[posts$page == page]))
gini <- function(x) sum(abs(outer(x, x, "-"))) / (2 * length(x) * sum(x))

write_answers("bootstrap", list(
  weights = lapply(drawn, function(draw) tabulate(draw, nrow(pages))),
  median = sapply(drawn, function(draw) quantile(posts_of(draw), 0.5, type = 1, names = FALSE)),
  ninth_decile = sapply(drawn, function(draw) quantile(posts_of(draw), 0.9, type = 1, names = FALSE)),
  gini = sapply(drawn, function(draw) gini(posts_of(draw))),
  rate = sapply(drawn, function(draw) sum(pages$interactions[draw]) / sum(pages$exposure[draw]))
))
