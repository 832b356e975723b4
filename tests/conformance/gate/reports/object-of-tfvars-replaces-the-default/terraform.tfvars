settings = { name = "h" }
