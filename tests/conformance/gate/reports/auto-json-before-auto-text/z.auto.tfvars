days = 365
