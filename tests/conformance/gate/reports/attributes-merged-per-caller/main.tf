module "reader" {
  for_each = {
    prices = { resources = ["arn:aws:s3:::acme-prices/2026.csv"] }
    all    = { resources = ["arn:aws:s3:::*"] }
  }
  source    = "./reader"
  name      = each.key
  resources = each.value.resources
}
