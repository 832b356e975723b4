module "kms" {
  source = "./kms"
  usage  = "SIGN_VERIFY"
}
resource "aws_dynamodb_table_replica" "r" {
  global_table_arn = "arn:aws:dynamodb:us-west-2:111122223333:table/t"
  kms_key_arn      = module.kms.arn
}
