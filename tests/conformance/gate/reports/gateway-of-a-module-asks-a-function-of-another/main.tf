module "f" { source = "./f" }
module "api" {
  source = "./api"
  routes = { "GET /orders" = module.f.invoke_arn, "POST /orders" = module.f.invoke_arn }
}
