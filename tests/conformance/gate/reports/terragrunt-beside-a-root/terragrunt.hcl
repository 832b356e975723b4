inputs = { days = 1 }
