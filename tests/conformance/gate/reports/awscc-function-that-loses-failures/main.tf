resource "awscc_lambda_function" "f" {
  function_name = "f"
  role          = "arn:aws:iam::123456789012:role/r"
  code          = { s3_bucket = "b", s3_key = "k" }
}
