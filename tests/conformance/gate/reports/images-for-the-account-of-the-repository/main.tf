resource "aws_ecr_repository_policy" "p" {
  repository = "r"
  policy = jsonencode({
    "Version" : "2012-10-17",
    "Statement" : [
      {
        "Effect" : "Allow",
        "Principal" : "*",
        "Action" : "ecr:BatchGetImage",
        "Resource" : "*",
        "Condition" : {
          "StringEquals" : {
            "aws:PrincipalAccount" : "$${aws:ResourceAccount}"
          }
        }
      }
    ]
  })
}
