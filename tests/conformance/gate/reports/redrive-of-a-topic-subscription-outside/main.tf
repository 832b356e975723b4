resource "aws_sns_topic_subscription" "mail" {
  topic_arn = "arn:aws:sns:us-east-1:111122223333:t"
  protocol  = "email"
  endpoint  = "desk@example.com"
}
