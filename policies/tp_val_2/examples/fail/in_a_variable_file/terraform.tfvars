db_password = "Tr0ub4dor-and-3" # expect: fail
dsn         = "postgres-on-db-as-feed" # expect: fail
feed = {
  host    = "feed.internal"
  api_key = "Tr0ub4dor-and-3" # expect: fail
}
note = "q9Xv2LpT7mZr4Kc8Wd1Bn6Ys3Hf5Jg0Ae" # expect: fail
