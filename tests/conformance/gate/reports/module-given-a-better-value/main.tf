module "logs" {
  source = "./logs"
  days   = 90
}
