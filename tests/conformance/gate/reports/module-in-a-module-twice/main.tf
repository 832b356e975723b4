module "a" {
  source = "./a"
  days   = 90
}

module "b" {
  source = "./a"
  days   = 9
}
