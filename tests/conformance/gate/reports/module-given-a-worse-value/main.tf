module "logs" {
  source = "./logs"
  days   = 5
}
