module "role" {
  source  = "./role"
  actions = ["sqs:*"] # expect: fail
}
