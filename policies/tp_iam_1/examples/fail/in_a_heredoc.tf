resource "aws_iam_policy" "trade" { # expect: fail +7
  policy = <<-JSON
    {
      "Version": "2012-10-17",
      "Statement": [
        {
          "Effect": "Allow",
          "Action": ["logs:*"],
          "Resource": "${aws_cloudwatch_log_group.trade.arn}"
        }
      ]
    }
  JSON
}

resource "aws_cloudwatch_log_group" "trade" {
  name = "trade"
}
