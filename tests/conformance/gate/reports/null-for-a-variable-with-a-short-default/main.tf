module "g" {
  source = "./g"
  days   = null
}
