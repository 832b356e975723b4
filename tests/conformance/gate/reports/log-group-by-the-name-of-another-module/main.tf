module "fn" { source = "./fn" }
module "log" {
  source = "./log"
  name   = join("/", ["", "aws", "lambda", module.fn.name])
}
