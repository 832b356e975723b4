module "m" {
  days = 5
}
