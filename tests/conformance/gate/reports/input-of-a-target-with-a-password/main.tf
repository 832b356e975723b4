resource "aws_cloudwatch_event_target" "t" {
  rule  = "r"
  arn   = "arn:aws:lambda:eu-west-1:111122223333:function:f"
  input = jsonencode({ user = "feed", password = "Kq7-vT3x9Lm2Zr" })
}
