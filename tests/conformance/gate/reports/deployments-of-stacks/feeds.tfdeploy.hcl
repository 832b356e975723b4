deployment "prod" {
  inputs = { days = 1 }
}
