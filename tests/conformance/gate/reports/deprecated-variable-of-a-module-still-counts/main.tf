module "logs" {
  source = "./logs"
  days   = 3
}
