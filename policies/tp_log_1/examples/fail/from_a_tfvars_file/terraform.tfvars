days = 14 # expect: fail
