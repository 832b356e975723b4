settings = { days = 400 }
