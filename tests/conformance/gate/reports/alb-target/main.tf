resource "aws_lambda_function" "f" {
  function_name = "lambda-f"
}

resource "aws_lb_target_group_attachment" "f" {
  for_each         = toset(["a"])
  target_group_arn = "arn:aws:elasticloadbalancing:us-east-1:111122223333:targetgroup/t/1"
  target_id        = aws_lambda_function.f.arn
}
