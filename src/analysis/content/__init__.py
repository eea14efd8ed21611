"""What posts are for and how they speak: the rules, and the codes of people who read the posts."""
