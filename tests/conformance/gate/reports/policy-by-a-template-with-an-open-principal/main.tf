resource "aws_sns_topic_policy" "feeds" {
  arn    = "arn:aws:sns:us-east-1:111122223333:feeds"
  policy = templatefile("${path.module}/policy.json.tftpl", { who = "*", arn = "arn:aws:sns:us-east-1:111122223333:feeds" })
}
