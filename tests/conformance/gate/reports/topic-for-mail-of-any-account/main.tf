resource "aws_sns_topic_policy" "p" {
  arn = "arn:aws:sns:us-east-1:111122223333:t"
  policy = jsonencode({
    "Version" : "2012-10-17",
    "Statement" : [
      {
        "Effect" : "Allow",
        "Principal" : {
          "Service" : "ses.amazonaws.com"
        },
        "Action" : "sns:Publish",
        "Resource" : "*",
        "Condition" : {
          "StringLike" : {
            "AWS:SourceArn" : "arn:aws:ses:*"
          }
        }
      }
    ]
  })
}
