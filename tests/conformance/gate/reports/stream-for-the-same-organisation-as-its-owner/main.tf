resource "aws_kinesis_resource_policy" "p" {
  resource_arn = "arn:aws:kinesis:us-east-1:111122223333:stream/s"
  policy = jsonencode({
    "Version" : "2012-10-17",
    "Statement" : [
      {
        "Effect" : "Allow",
        "Principal" : "*",
        "Action" : "kinesis:PutRecord",
        "Resource" : "*",
        "Condition" : {
          "StringEquals" : {
            "aws:PrincipalOrgID" : "$${aws:ResourceOrgID}"
          }
        }
      }
    ]
  })
}
