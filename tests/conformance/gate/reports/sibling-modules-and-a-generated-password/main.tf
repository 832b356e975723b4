resource "random_password" "p" {
  length = 16
}
module "one" {
  source = "./group"
  name   = "one"
  secret = random_password.p.result
  days   = 60
}
module "two" {
  source = "./group"
  name   = "two"
  days   = 90
}
