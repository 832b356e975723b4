db_password = "Kq7-vT3x9Lm2Zr"
