module "policy" {
  source     = "./policy"
  statements = [{ actions = ["dynamodb:GetItem"], resources = ["*"] }]
}
