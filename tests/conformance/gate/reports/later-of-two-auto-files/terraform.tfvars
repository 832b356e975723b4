days = 3
