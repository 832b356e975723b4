module "kms" {
  source = "./kms"
  create = false
}
resource "aws_cloudwatch_log_group" "g" {
  name       = "g"
  kms_key_id = module.kms.key_arn
}
