# What every script does: read the pages, write the answers.

pages <- read.csv("pages.csv")
posts <- read.csv("posts.csv")
tiers <- c("rijksoverheid", "provincie", "gemeente")
log_rate <- log((pages$interactions + 0.5) / pages$exposure)
of_tier <- function(tier) log_rate[pages$tier == tier]

write_answers <- function(name, answers) {
  jsonlite::write_json(answers, paste0(name, ".json"), digits = NA, auto_unbox = TRUE, pretty = TRUE)
}
