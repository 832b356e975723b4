module "feed" {
  source = "./function"
}
