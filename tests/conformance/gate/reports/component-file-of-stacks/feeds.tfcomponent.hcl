component "logs" {
  source = "./logs"
  inputs = { days = 1 }
}
