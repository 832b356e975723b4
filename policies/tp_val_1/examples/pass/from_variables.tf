variable "region" {
  default     = "us-east-1"
  description = "Where it all is; see https://example.com/regions."
}

variable "contact" {
  default = "desk@example.com"
}

data "aws_caller_identity" "current" {}

provider "aws" {
  region = var.region
}

resource "aws_sqs_queue" "trade" {
  name = "trade"
  policy = jsonencode({
    Statement = [{
      Principal = { Service = "events.amazonaws.com" }
      Resource  = "arn:aws:sqs:${var.region}:${data.aws_caller_identity.current.account_id}:trade"
    }]
  })
}

resource "aws_iam_role_policy_attachment" "audit" {
  role       = "audit"
  policy_arn = "arn:aws:iam::aws:policy/SecurityAudit"
}

resource "aws_sns_topic_subscription" "desk" {
  topic_arn = "x"
  protocol  = "email"
  endpoint  = var.contact
}
