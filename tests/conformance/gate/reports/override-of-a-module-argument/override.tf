module "g" {
  days = 7
}
