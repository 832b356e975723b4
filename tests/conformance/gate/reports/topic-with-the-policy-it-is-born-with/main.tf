data "aws_caller_identity" "own" {}

resource "aws_sns_topic" "feeds" {
  name   = "feeds"
  policy = <<-EOT
    {
      "Version": "2008-10-17",
      "Statement": [{
        "Sid": "__default_statement_ID",
        "Effect": "Allow",
        "Principal": { "AWS": "*" },
        "Action": ["SNS:Publish", "SNS:Subscribe"],
        "Resource": "arn:aws:sns:us-east-1:111122223333:feeds",
        "Condition": { "StringEquals": { "AWS:SourceOwner": "${data.aws_caller_identity.own.account_id}" } }
      }]
    }
  EOT
}
