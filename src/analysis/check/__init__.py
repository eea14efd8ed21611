"""What raw files are and what can be done with them, told before anything is made of them."""
