resource "aws_lambda_function" "image" {
  function_name = "image"
  role          = "arn:aws:iam::123456789012:role/function"
  package_type  = "Image" # expect: unknown
  image_uri     = "123456789012.dkr.ecr.us-east-1.amazonaws.com/trade:1"
}
