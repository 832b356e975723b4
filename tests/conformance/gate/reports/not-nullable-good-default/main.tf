module "m" {
  source = "./m"
  days   = null
}
