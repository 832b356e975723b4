resource "aws_sns_topic_subscription" "ops" {
  topic_arn = "arn:aws:sns:us-east-1:111122223333:alarms"
  protocol  = "https"
  endpoint  = "https://api.opsgenie.com/v1/json/cloudwatch?apiKey=6d1f2a3b-4c5d-6e7f-8091-a2b3c4d5e6f7"
}
