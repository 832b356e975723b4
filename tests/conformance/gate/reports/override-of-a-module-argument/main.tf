module "g" {
  source = "./g"
  days   = 90
}
