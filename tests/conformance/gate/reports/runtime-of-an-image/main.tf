resource "aws_lambda_function" "f" {
  function_name = "lambda-f"
  role          = "r"
  package_type  = "Image"
  image_uri     = "111122223333.dkr.ecr.us-east-1.amazonaws.com/f:1"
}
