resource "aws_secretsmanager_secret_policy" "p" {
  secret_arn = "arn:aws:secretsmanager:us-east-1:111122223333:secret:s"
  policy = jsonencode({
    "Version" : "2012-10-17",
    "Statement" : [
      {
        "Effect" : "Allow",
        "Principal" : "*",
        "Action" : "secretsmanager:GetSecretValue",
        "Resource" : "*",
        "Condition" : {
          "StringEquals" : {
            "aws:PrincipalAccount" : "$${aws:PrincipalAccount}"
          }
        }
      }
    ]
  })
}
