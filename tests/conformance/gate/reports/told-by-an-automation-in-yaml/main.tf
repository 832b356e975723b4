resource "aws_lambda_function" "feed" {
  function_name = "feed"
  role          = "arn:aws:iam::111122223333:role/feed"
  handler       = "a.b"
  runtime       = "python3.11"
  filename      = "a.zip"
}
resource "aws_ssm_document" "d" {
  name            = "d"
  document_type   = "Automation"
  document_format = "YAML"
  content         = <<-EOT
    schemaVersion: "0.3"
    mainSteps:
      - name: l
        action: aws:invokeLambdaFunction
        inputs:
          FunctionName: ${aws_lambda_function.feed.function_name}
          InvocationType: Event
  EOT
}
