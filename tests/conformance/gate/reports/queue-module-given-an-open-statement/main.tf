provider "aws" { region = "us-east-1" }
module "queue" {
  source = "./queue"
  name   = "jobs"
  queue_policy_statements = {
    anyone = {
      actions    = ["sqs:SendMessage"]
      principals = [{ type = "AWS", identifiers = ["*"] }]
    }
  }
}
