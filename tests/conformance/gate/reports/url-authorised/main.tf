resource "aws_lambda_function_url" "closed" {
  for_each           = toset(["a", "b"])
  function_name      = each.key
  authorization_type = "AWS_IAM"
}
