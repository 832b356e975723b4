provider "aws" { region = "us-east-1" }
module "queue" {
  source = "./queue"
  name   = "jobs"
  queue_policy_statements = {
    tls = {
      effect     = "Deny"
      actions    = ["sqs:*"]
      principals = [{ type = "AWS", identifiers = ["*"] }]
      conditions = [{ test = "Bool", variable = "aws:SecureTransport", values = ["false"] }]
    }
  }
}
