variable "function" { type = string }
data "aws_lambda_function" "f" { function_name = var.function }
resource "aws_sns_topic" "t" { name = "t" }
resource "aws_sns_topic_subscription" "s" {
  topic_arn = aws_sns_topic.t.arn
  protocol  = "lambda"
  endpoint  = data.aws_lambda_function.f.arn
}
