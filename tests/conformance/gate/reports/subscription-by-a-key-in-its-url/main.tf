resource "aws_sns_topic_subscription" "monitor" {
  topic_arn = "arn:aws:sns:us-east-1:111122223333:alarms"
  protocol  = "https"
  endpoint  = "https://app.datadoghq.com/intake/webhook/sns?api_key=22f856469602d1ba9f20df4875b15b0b"
}
