resource "aws_lambda_function" "enrich" {
  function_name = "enrich"
  role          = "arn:aws:iam::123456789012:role/r"
  handler       = "h.h"
  runtime       = "python3.11"
  filename      = "f.zip"
}
resource "aws_kendra_data_source" "d" {
  index_id = "i"
  name     = "d"
  type     = "CUSTOM"
  custom_document_enrichment_configuration {
    role_arn = "arn:aws:iam::123456789012:role/r"
    post_extraction_hook_configuration {
      lambda_arn = aws_lambda_function.enrich.arn
      s3_bucket  = "b"
    }
  }
}
