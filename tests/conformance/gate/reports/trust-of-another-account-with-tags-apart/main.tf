data "aws_caller_identity" "current" {}
resource "aws_iam_role" "r" {
  name = "role-feed-dev"
  assume_role_policy = jsonencode({
    "Version" : "2012-10-17",
    "Statement" : [
      {
        "Effect" : "Allow",
        "Principal" : {
          "AWS" : "arn:aws:iam::999988887777:root"
        },
        "Action" : "sts:AssumeRole",
        "Condition" : {
          "StringEquals" : {
            "sts:ExternalId" : "a1b2"
          }
        }
      },
      {
        "Effect" : "Allow",
        "Principal" : {
          "AWS" : "arn:aws:iam::999988887777:root"
        },
        "Action" : [
          "sts:TagSession",
          "sts:SetSourceIdentity"
        ]
      }
    ]
  })
}
