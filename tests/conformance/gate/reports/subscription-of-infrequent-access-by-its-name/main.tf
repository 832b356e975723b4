locals { class = { audit = "INFREQUENT_ACCESS", app = "STANDARD" } }
resource "aws_cloudwatch_log_group" "g" {
  for_each        = local.class
  name            = "/feeds/${each.key}"
  log_group_class = each.value
}
resource "aws_lambda_function" "f" {
  function_name = "f"
  role          = "arn:aws:iam::111122223333:role/f"
}
resource "aws_lambda_permission" "p" {
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.f.function_name
  principal     = "logs.amazonaws.com"
}
resource "aws_cloudwatch_log_subscription_filter" "s" {
  for_each        = local.class
  name            = each.key
  log_group_name  = "/feeds/${each.key}"
  filter_pattern  = ""
  destination_arn = aws_lambda_function.f.arn
  depends_on      = [aws_cloudwatch_log_group.g]
}
