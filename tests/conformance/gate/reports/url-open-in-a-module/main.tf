module "url" {
  source = "./url"
  open   = true
}
