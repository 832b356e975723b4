module "l" {
  source                 = "./l"
  destination_on_failure = "arn:aws:sqs:us-east-1:123456789012:q"
}
