resource "aws_lambda_function" "feed" {
  function_name = "feed"
  role          = "arn:aws:iam::111122223333:role/feed"
  filename      = "a.zip"
  environment {
    variables = {
      METRIC_NAMESPACE = "mdp/feature-logging/AcmeComposite"
      DOWNLOAD_URL     = "https://www.example.gov/media/76860/file"
      S3_BUCKET        = "mdp-test-new-destroy-147997161038-uploads-bucket"
      FORTY            = "acme-prod-market-data-tapes-archive-0001"
    }
  }
}
