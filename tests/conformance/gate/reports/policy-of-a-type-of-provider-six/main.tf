resource "aws_lambda_resource_policy" "p" {
  function_name = "f"
  policy        = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "lambda:InvokeFunction", Resource = "arn:aws:lambda:us-east-1:123456789012:function:f", Principal = "*" }] })
}
