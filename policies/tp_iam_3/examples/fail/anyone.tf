resource "aws_sns_topic_policy" "alarms" {
  arn = "arn:aws:sns:us-east-1:123456789012:alarms"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = "sns:Publish", Resource = "x", Principal = "*" }, # expect: fail
      {
        Effect    = "Allow"
        Action    = "sns:Publish"
        Resource  = "x"
        Principal = { AWS = ["123456789012", "*"] } # expect: fail
      },
    ]
  })
}

resource "aws_iam_role" "trade" {
  name = "trade"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { AWS = "*" } # expect: fail
    }]
  })
}

resource "aws_lambda_permission" "anyone" {
  action        = "lambda:InvokeFunction"
  function_name = "trade"
  principal     = "*" # expect: fail
}
