module "ship" {
  source = "./ship"
  groups = ["/svc/a", "/svc/b"]
}
