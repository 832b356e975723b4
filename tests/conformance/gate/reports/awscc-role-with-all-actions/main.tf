resource "awscc_iam_role" "r" {
  role_name                   = "r"
  assume_role_policy_document = jsonencode({ Version = "2012-10-17", Statement = [] })
  policies = [{
    policy_name     = "p"
    policy_document = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "s3:*", Resource = "arn:aws:s3:::b/x" }] })
  }]
}
