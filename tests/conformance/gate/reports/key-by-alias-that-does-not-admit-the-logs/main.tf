module "key" {
  source = "./key"
}

resource "aws_cloudwatch_log_group" "this" {
  for_each          = toset(["/aws/lambda/feed", "/aws/lambda/sealer"])
  name              = each.key
  retention_in_days = 60
  kms_key_id        = module.key.arn
}
