db_password = "Gr33n-Apple-77"
