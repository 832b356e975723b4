days = 1
