resource "aws_sns_topic_policy" "p" {
  arn = "arn:aws:sns:us-east-1:111122223333:t"
  policy = jsonencode({
    "Version" : "2012-10-17",
    "Statement" : [
      {
        "Effect" : "Allow",
        "Principal" : "*",
        "Action" : "sns:Publish",
        "Resource" : "*",
        "Condition" : {
          "StringEquals" : {
            "aws:PrincipalOrgID" : "$${aws:PrincipalTag/org}"
          }
        }
      }
    ]
  })
}
