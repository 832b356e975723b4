module "queue" {
  source  = "terraform-aws-modules/sqs/aws" # expect: unknown
  version = "4.3.1"
}
