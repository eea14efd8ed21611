"""What posts are for and how they speak, by the words in them."""
