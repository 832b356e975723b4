module "g" {
  count  = 1
  source = "./group"
}
