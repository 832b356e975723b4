module "logs" {
  count  = 0
  source = "./logs"
}
