resource "aws_lambda_function" "f" {
  for_each      = toset(["a", "b"])
  function_name = each.key
  role          = "arn:aws:iam::111122223333:role/f"
}
resource "aws_cloudwatch_log_group" "g" {
  for_each = toset(["a", "b"])
  name     = "/aws/lambda/${split(":", aws_lambda_function.f["a"].arn)[6]}"
}
