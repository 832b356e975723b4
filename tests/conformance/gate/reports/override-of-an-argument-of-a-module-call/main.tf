module "m" {
  source = "./m"
  days   = 365
}
