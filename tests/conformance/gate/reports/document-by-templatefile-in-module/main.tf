module "p" {
  source  = "./p"
  buckets = ["acme-a", "*"]
}
